"""How templates become Python: a page says some two hundred fixed texts and shows as many values, so what each costs is what a page costs."""

from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape


def shown(value: Any) -> str:
    """A value as it goes into the page: escaped, unless it is marked as HTML already."""
    return value if type(value) is Markup else escape(value)


class PageCode(CodeGenerator):
    """Jinja's own code, but for two things in pages that escape: a fixed text is looked up without Jinja's way of calling, and shown as it is."""

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - Jinja names it
        """Write a call; `_("a fixed text")` as the text's lookup."""
        if _escapes(frame) and (text := _fixed_text(node)) is not None:
            self.write(f"environment.said({text!r})")
        else:
            super().visit_Call(node, frame, forward_caller=forward_caller)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not _escapes(frame) or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        elif _fixed_text(node) is not None:
            self.write("(")
        else:
            self.write("environment.shown(")


def _escapes(frame: Frame) -> bool:
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile


def _fixed_text(node: nodes.Node) -> str | None:
    """The text of `_("a fixed text")`, with nothing to fill in; None for every other node."""
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name) or node.node.name != "_":
        return None
    if node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) != 1:
        return None
    given = node.args[0]
    return given.value if isinstance(given, nodes.Const) and isinstance(given.value, str) else None
