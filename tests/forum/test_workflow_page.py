from forum.management.commands.workflow import PAGE, page


def test_the_page_about_the_workflow_says_what_the_tables_say():
    assert PAGE.read_text(encoding="utf-8") == page()
