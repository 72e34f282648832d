// Streamlit's front end calls history.pushState on every change of the query (1.67, App.tsx, handlePageInfoChanged), so Back would
// go through every edit without changing anything. If the page stays the same, this replaces the entry instead.
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
