from accounts.models.delivery import Delivery
from accounts.models.earlier import EarlierName
from accounts.models.joining import joined, joining
from accounts.models.overtaking import Overtaking
from accounts.models.user import User

__all__ = ["Delivery", "EarlierName", "Overtaking", "User", "joined", "joining"]
