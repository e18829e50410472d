from accounts.models.delivery import Delivery
from accounts.models.user import User

__all__ = ["Delivery", "User"]
