from comments.admin import appeals, deciding, discussions, guests, letters, panels, rules, words

__all__ = ["appeals", "deciding", "discussions", "guests", "letters", "panels", "rules", "words"]
