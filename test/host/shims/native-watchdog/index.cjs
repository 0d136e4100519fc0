// Stands in for a native module that ends a host whose parent is gone: the tests end the whole process group.
exports.start = () => undefined;
exports.exit = (code) => process.exit(code);
