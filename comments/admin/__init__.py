from comments.admin import appeals, deciding, discussions, panels, rules, words

__all__ = ["appeals", "deciding", "discussions", "panels", "rules", "words"]
