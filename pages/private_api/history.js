// Streamlit's front end answers every change of the query with history.pushState (1.67, App.tsx, handlePageInfoChanged): each edit
// would be an entry that Back then reaches, with nothing to go back to. Where the page stays the same the entry is replaced.
// tests/browser/test_back.py fails first if that changes.
function replaceWithinPage() {
  if (history.pushState.replacesWithinPage) return;
  const push = history.pushState.bind(history);
  history.pushState = (state, unused, url) => {
    const samePage = url != null && new URL(url, location.href).pathname === location.pathname;
    return samePage ? history.replaceState(state, unused, url) : push(state, unused, url);
  };
  history.pushState.replacesWithinPage = true;
}
