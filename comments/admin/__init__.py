from comments.admin import appeals, deciding, panels, rules, words

__all__ = ["appeals", "deciding", "panels", "rules", "words"]
