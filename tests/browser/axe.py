"""axe, the examiner: where the site serves it, and what it finds on a page.

A file of its own because most of what the browser tests cost is in here.
"""

from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ADDRESS = "/static/axe.min.js"

# axe reads each colour of each element with a library for all the colour spaces there are; here the few
# colours of a page are read once each (a sixth of its time). What is kept are the numbers, as axe made them.
COLOURS_READ_ONCE = """
;(() => {
  const colour = axe.commons.color.Color.prototype, read = colour.parseString, known = new Map();
  colour.parseString = function (text) {
    if (!known.has(text)) {
      const { r, g, b, alpha } = read.call(this, text);
      known.set(text, { r, g, b, alpha });
    }
    return Object.assign(this, known.get(text));
  };
})();
"""


def put_into(static: Path) -> None:
    """Let a site serve axe, from the folder of its static files."""
    (static / Path(ADDRESS).name).write_text(AXE_SCRIPT + COLOURS_READ_ONCE, "utf-8")


def findings(page: Page, *, contrast: bool = True) -> str:
    """Return what axe finds on a page as it stands (WCAG 2.2 AA and good practice); empty when nothing."""
    # axe comes from the site itself: it is read and compiled once for many pages.
    found = page.evaluate(
        """async ([address, tags, contrast]) => {
          if (!window.axe) {
            const script = Object.assign(document.createElement("script"), { src: address });
            document.head.append(script);
            await new Promise((resolve, reject) => {
              Object.assign(script, { onload: resolve, onerror: reject });
            });
          }
          const rules = { "color-contrast": { enabled: contrast } };
          const preload = { assets: ["media"] };
          const options = { runOnly: tags, rules, preload, resultTypes: ["violations"], iframes: false };
          const { violations, passes } = await axe.run(document, options);
          if (!passes.length) throw new Error("axe looked at nothing");
          const where = (node) => `\\n  ${node.target} ${node.failureSummary}`;
          return violations.map(({ id, help, nodes }) => `${id}: ${help}` + nodes.map(where).join(""));
        }""",
        [ADDRESS, TAGS, contrast],
    )
    return "\n".join(found)
