"""The gate that everything sent in a form passes: past a certain weight, nothing more is written down.

Named in the setting FILE_UPLOAD_HANDLERS, before Django's own. Without it a request of any size would be
copied to the disk before a view could say « too heavy ». The rest of the form still comes through.
"""

from django.core.files.uploadhandler import FileUploadHandler

from .kinds import MOST_BYTES, MOST_FILES


class Bounded(FileUploadHandler):
    """Lets through a little more of each file than it may weigh: its size then says « too heavy »."""

    def __init__(self, request=None) -> None:
        super().__init__(request)
        self.this_file = self.all_files = 0

    def new_file(self, *args, **kwargs) -> None:
        """Begin to count anew."""
        super().new_file(*args, **kwargs)
        self.this_file = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Hand a piece on to those who write it down; None once there is too much."""
        is_over = self.this_file > MOST_BYTES or self.all_files > MOST_FILES * MOST_BYTES
        self.this_file += len(raw_data)
        self.all_files += len(raw_data)
        return None if is_over else raw_data

    def file_complete(self, file_size: int) -> None:
        """Make no file: the next handlers do."""
