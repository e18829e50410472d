from comments.admin import appeals, deciding, panels

__all__ = ["appeals", "deciding", "panels"]
