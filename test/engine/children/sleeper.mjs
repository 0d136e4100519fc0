/** Waits to be killed; its arguments are there to be found in a list of processes. */
setInterval(() => undefined, 60_000);
