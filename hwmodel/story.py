"""Make the story that the front page tells: python -m hwmodel.story [NAME] [--writer TEXT_NAME] [--reader READER_NAME]

The networks write, read and are held still once, here; the page shows what is stored in hwmodel/checkpoints/story.npz, before it loads any.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from hwmodel.cells.atlas import load_cell_map
from hwmodel.network.checkpoint import load_checkpoint, load_text_checkpoint
from hwmodel.network.shipped import CheckpointError
from hwmodel.training.recogniser import load_recogniser
from hwmodel.training.story_making import make_story
from hwmodel.views.story import STORY, save_story


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m hwmodel.story", description="Make what the front page shows before any network is loaded.")
    parser.add_argument("name", nargs="?", default="iam", help="the checkpoint that the story is of (default: iam)")
    parser.add_argument("--writer", default="iam-text", help="the checkpoint that writes its words (default: iam-text)")
    parser.add_argument("--reader", default="reader", help="the recogniser that chooses among its samples (default: reader)")
    args = parser.parse_args(argv)
    try:
        checkpoint, writer = load_checkpoint(args.name), load_text_checkpoint(args.writer)
        story = make_story(checkpoint, load_cell_map(args.name, checkpoint.fingerprint), writer.model, load_recogniser(args.reader))
        save_story(STORY, story)
    except (CheckpointError, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{STORY}: {STORY.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
