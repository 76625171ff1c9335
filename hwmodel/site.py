"""Write the story as a static site: python -m hwmodel.site OUT [--dashboard ADDRESS]

Pages that need no server and ask for nothing from any: put the folder on any web space, or open index.html from the disk. article.html shows how two
views stand in another page: files beside it, or those of a running dashboard.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from hwmodel.cells.atlas import load_cell_map
from hwmodel.network.as_arrays import weights_of
from hwmodel.network.checkpoint import load_checkpoint
from hwmodel.network.shipped import CheckpointError
from hwmodel.sampling.showcase import showcase
from hwmodel.views.network_weights import weights_bytes
from hwmodel.views.story import load_story
from hwmodel.views.story_site import site_pages


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m hwmodel.site", description="Write the story as static files.")
    parser.add_argument("out", type=Path, help="the folder to write; it is made where it is not there")
    parser.add_argument("--dashboard", help="address of a running dashboard, whose views the article is to embed (default: files beside it)")
    args = parser.parse_args(argv)
    try:
        story = load_story()
        known, model = load_cell_map(story.checkpoint, story.fingerprint), load_checkpoint(story.checkpoint).model
        weights = weights_bytes(weights_of(model), story.fingerprint, model.config.units_per_offset)
        pages = site_pages(story, known, weights, showcase(story.checkpoint).licence, args.dashboard)
        args.out.mkdir(parents=True, exist_ok=True)
        for name, page in pages.items():
            (args.out / name).write_text(page, encoding="utf-8")
    except (CheckpointError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    for name, page in pages.items():
        print(f"{args.out / name}: {len(page.encode()):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
