from comments.admin import appeals, deciding, panels, rules

__all__ = ["appeals", "deciding", "panels", "rules"]
