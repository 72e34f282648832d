"""The favicon."""

ICON = """
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect x="2" y="2" width="28" height="28" rx="7" fill="#1c5fc4"/>
<path d="M9 9 23 16 9 23" fill="none" stroke="#fff" stroke-width="2"/><g fill="#fff"><circle cx="9" cy="9" r="3.5"/>
<circle cx="9" cy="23" r="3.5"/><circle cx="23" cy="16" r="4.5"/></g></svg>
""".strip()
