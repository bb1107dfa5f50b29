"""Writers: Extraction -> sinks, one sink a file, every one idempotent."""

from __future__ import annotations

from extractor.writers.json_files import FolderWriter, StreamWriter, Writer, is_folder, open_writer

__all__ = ["FolderWriter", "StreamWriter", "Writer", "is_folder", "open_writer"]
