"""The document on its way out: which form, into which file; an existing file is only replaced after a question."""

from textual import work
from textual.content import Content

from incident_console.screens.postmortem.place import PostmortemPlace
from incident_console.widgets.questions import Choose

FORMS = {
    "md": ("Markdown, for a wiki or a repository", "postmortem.md"),
    "html": ("HTML, one file, ready to print", "postmortem.html"),
    "json": ("JSON, everything, for another console", "incident.json"),
    "customer": ("the report to customers, as text", "customer-report.txt"),
    "case": ("the case for reliability work, one page", "case.md"),
}


class ExportKeys(PostmortemPlace):
    """Writing and copying the document."""

    @work
    async def action_write(self) -> None:
        self.save_section()
        options = [(form, Content(words)) for form, (words, _) in FORMS.items()]
        form = await self.app.push_screen_wait(Choose(Content("Write what"), options))
        if form is not None:
            await self._write_form(form)

    async def _write_form(self, form: str) -> None:
        key = f"export:{self.incident_id}:{form}"
        file = await self.ask_file(key, f"{self.incident.reference}-{FORMS[form][1]}", form)
        if file is not None:
            self.tell_written(
                key, self.attempt(lambda: self.desk.export_document(self.incident_id, file[0], form, file[1]))
            )

    @work
    async def action_copy(self) -> None:
        """The whole document as Markdown."""
        self.save_section()
        text = self.attempt(lambda: self.desk.report(self.incident_id))
        if text is not None:
            await self.copy_or_show(text)
