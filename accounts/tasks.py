from django_tasks import task

from accounts import mail
from accounts.models import User


@task()
def tell_of_second_address(pk, address):
    """Tell both addresses of an account that the second one belongs to it now."""
    for person in User.objects.filter(pk=pk):
        mail.post_second_address(person, address)
