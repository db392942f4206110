"""Copy the few files that pages load in the browser from node_modules/ to static/vendor/ (git-ignored)."""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap.min.css",
    "bootstrap/dist/js/bootstrap.bundle.min.js": "bootstrap.bundle.min.js",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "sortablejs/Sortable.min.js": "sortable.min.js",
    "bootstrap-icons/font/bootstrap-icons.min.css": "bootstrap-icons.min.css",
    "bootstrap-icons/font/fonts/bootstrap-icons.woff2": "fonts/bootstrap-icons.woff2",
    "bootstrap-icons/font/fonts/bootstrap-icons.woff": "fonts/bootstrap-icons.woff",
}


def vendor(modules: Path, target: Path) -> list[str]:
    """Copy every file and answer with the names of those that are missing. Source maps are not shipped, nor named."""
    missing = []
    for source, name in FILES.items():
        if not (modules / source).is_file():
            missing.append(source)
            continue
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(modules / source, copy)
        if copy.suffix in (".css", ".js"):
            lines = copy.read_text(encoding="utf-8").splitlines()
            copy.write_text("\n".join(line for line in lines if "sourceMappingURL=" not in line) + "\n", encoding="utf-8")
    return missing


if __name__ == "__main__":
    absent = vendor(ROOT / "node_modules", ROOT / "static" / "vendor")
    if absent:
        sys.exit(f"Missing in node_modules: {', '.join(absent)}. Run: npm ci --ignore-scripts")
