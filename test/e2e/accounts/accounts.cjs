// Stands in for the editor's own GitHub accounts, which need a network: whoever asks for a session is given one.
const vscode = require('vscode');

exports.activate = ({ subscriptions, globalState }) => {
  const changed = new vscode.EventEmitter();
  const sessions = [...globalState.get('sessions', [])];
  const provider = {
    onDidChangeSessions: changed.event,
    getSessions: async (scopes) => sessions.filter((one) => scopes === undefined || `${one.scopes}` === `${scopes}`),
    createSession: async (scopes) => {
      const account = { id: 'keeper', label: 'keeper' };
      const session = { id: `${sessions.length}`, accessToken: 'gho_notARealToken0123456789', account, scopes };
      sessions.push(session);
      await globalState.update('sessions', sessions);
      changed.fire({ added: [session], removed: [], changed: [] });
      return session;
    },
    removeSession: async (id) => {
      const removed = sessions.filter((one) => one.id === id);
      sessions.splice(0, sessions.length, ...sessions.filter((one) => one.id !== id));
      await globalState.update('sessions', sessions);
      changed.fire({ added: [], removed, changed: [] });
    },
  };
  subscriptions.push(changed, vscode.authentication.registerAuthenticationProvider('github', 'GitHub', provider));
};
