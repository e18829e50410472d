from comments.admin import deciding, panels

__all__ = ["deciding", "panels"]
