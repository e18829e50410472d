from accounts.models.delivery import Delivery
from accounts.models.earlier import EarlierName
from accounts.models.overtaking import Overtaking
from accounts.models.taking_over import joined, joining
from accounts.models.user import User

__all__ = ["Delivery", "EarlierName", "Overtaking", "User", "joined", "joining"]
