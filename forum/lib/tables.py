"""How a migration makes the tables of an app."""

from django.db.migrations.operations.base import Operation, OperationCategory


class Tables(Operation):
    """Makes tables together, which may then point at each other in any order.

    Django draws up every related model anew for each table that it makes by itself; from an empty database that is
    most of the time, paid by every worker of the tests.
    """

    reversible = False
    category = OperationCategory.ADDITION

    def __init__(self, tables):
        self.tables = tables

    def state_forwards(self, app_label, state):
        vars(state).pop("apps", None)
        state.is_delayed = False
        for table in self.tables:
            table.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for table in self.tables:
            table.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"Make tables: {', '.join(table.name for table in self.tables)}"
