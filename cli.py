"""The command line: ``andromede``. Exit status 0 done, 1 failed with one line, 2 wrong usage.

``eval run`` ends with 1 where its gate fails, and with 2 where nothing could be judged.
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import AndromedeError, CorpusError

if TYPE_CHECKING:
    from rich.console import Console

    from assistant import Answer, Assistant
    from assistant.settings import Settings
    from index import Progress

_STEPS = {"searching": "recherche / searching", "writing": "rédaction / writing"}
_STEPS["checking"] = "vérification / checking"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    parsed = build_parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = parsed.command
    # 1 is for a gate that fails: where a run broke off, nothing was judged.
    failed = 2 if command is _eval_run else 1
    try:
        return command(parsed)
    except AndromedeError as error:
        print(f"andromede: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("andromede: interrupted.", file=sys.stderr)
    except BrokenPipeError:
        # Whoever read us (`head`, say) has gone; there is nobody left to tell.
        sys.stderr.close()
    except OSError as error:
        print(f"andromede: {error.filename or ''}: {error.strerror or error}.", file=sys.stderr)
    return failed


def build_parser() -> argparse.ArgumentParser:
    """Every command with its arguments."""
    parser = argparse.ArgumentParser(
        prog="andromede",
        description="Ask an article, or documents of your own, in French or English: what is "
        "shown is supported by the sentences it cites, or it says that the source does not say.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    ask = commands.add_parser("ask", help="answer one question")
    ask.add_argument("question", help="in French or English")
    ask.add_argument("--json", action="store_true", help="print the whole answer as JSON")
    _add_corpus(ask)
    ask.set_defaults(command=_ask)

    chat = commands.add_parser("chat", help="ask in the terminal, with follow-ups")
    _add_corpus(chat)
    chat.set_defaults(command=_chat)

    serve = commands.add_parser("serve", help="serve the web page")
    serve.add_argument("--host", help="address to listen on (127.0.0.1)")
    serve.add_argument("--port", type=int, help="port to listen on (7860)")
    _add_corpus(serve)
    serve.set_defaults(command=_serve)

    _add_index(commands.add_parser("index", help="build and look after indexes"))
    _add_models(commands.add_parser("models", help="list, fetch and verify the local models"))
    _add_feedback(commands.add_parser("feedback", help="what readers said of answers"))
    _add_eval(commands.add_parser("eval", help="ask the questions of suites, judge the judge"))
    return parser


def _add_corpus(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--corpus", metavar="PATH", help="a file or folder to answer from (the shipped article)"
    )


def _add_index(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    for name, text, several in (
        ("build", "index a file or folder anew", "PATH"),
        ("add", "add files or folders to a corpus' index", "PATH"),
        ("remove", "take files or folders out of a corpus' index", "PATH"),
        ("status", "say what is indexed", "PATH"),
    ):
        action = actions.add_parser(name, help=text)
        action.add_argument("paths", nargs="+", metavar=several, type=Path)
        if name in {"add", "remove"}:
            _add_corpus(action)
        action.set_defaults(command=_index, action=name)


def _add_models(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    for name, text in (
        ("list", "list the models and which are here"),
        ("fetch", "bring a model to this machine"),
        ("verify", "check a model's file against its checksum"),
    ):
        action = actions.add_parser(name, help=text)
        if name != "list":
            action.add_argument("model", nargs="?", help="a name of `models list` (the default)")
        action.set_defaults(command=_models, action=name)


def _add_feedback(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    export = actions.add_parser("export", help="write a case file for `eval run`")
    export.add_argument("file", type=Path, metavar="FILE", help="JSON lines; replaced if there")
    export.add_argument("--raw", action="store_true", help="every opinion as it was kept instead")
    export.set_defaults(command=_feedback_export)


def _add_eval(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    run = actions.add_parser("run", help="ask the questions of suites, score, gate")
    run.add_argument(
        "suites", nargs="*", type=Path, metavar="SUITE", help="JSON lines files (the project's)"
    )
    run.add_argument("--corpus", metavar="PATH", help="answer every case from this corpus")
    run.add_argument("--json", type=Path, metavar="FILE", help="write answers, then the verdict")
    run.add_argument("--junit", type=Path, metavar="FILE", help="write JUnit XML for a CI server")
    run.add_argument("--markdown", type=Path, metavar="FILE", help="write a pull-request comment")
    run.add_argument("--html", type=Path, metavar="FILE", help="write one page to look at")
    run.add_argument(
        "--baseline", type=Path, metavar="FILE", help="compare with this file (the project's)"
    )
    run.add_argument(
        "--update-baseline", action="store_true", help="hold later runs to what this one measures"
    )
    run.add_argument(
        "--regression", action="store_true", help="do not ask for the floor of all questions"
    )
    run.add_argument("--fast", action="store_true", help="ask every third case, always the same")
    run.add_argument("--fresh", action="store_true", help="ask again what the cache knows")
    run.add_argument(
        "--order", type=int, metavar="SEED", help="ask in an order shuffled by this number"
    )
    run.add_argument("--ragas", action="store_true", help="add ragas' metrics, for information")
    run.set_defaults(command=_eval_run)
    judge = actions.add_parser("judge", help="score the judges on true and spoilt claims")
    judge.add_argument(
        "claims",
        nargs="*",
        type=Path,
        metavar="CLAIMS",
        help="JSON lines files (evals/claims/heldout.jsonl, which nothing may be tuned on)",
    )
    judge.add_argument(
        "--pairs",
        type=Path,
        metavar="FILE",
        help="JSON lines of French sentence pairs (id, premise, hypothesis, label) to judge, too",
    )
    judge.add_argument(
        "--judge",
        action="append",
        choices=("exact", "support", "model", "both", "faithfulness"),
        dest="judges",
        help="which to score, again for more (exact); all but exact and support ask "
        "ANDROMEDE_JUDGE_… or the local model",
    )
    judge.set_defaults(command=_eval_judge)


def _open(arguments: argparse.Namespace, settings: "Settings | None" = None) -> "Assistant":
    from assistant import Assistant

    return Assistant.open(arguments.corpus, settings, _progress())


def _ask(arguments: argparse.Namespace) -> int:
    with _open(arguments) as assistant:
        answer = assistant.ask(arguments.question)
    if arguments.json:
        print(json.dumps(answer.to_dict(), ensure_ascii=False, indent=2))
    else:
        _show(_console(), answer, arguments.question)
    return 0


def _chat(arguments: argparse.Namespace) -> int:
    console = _console()
    with _open(arguments) as assistant:
        console.print(
            "Posez vos questions, en français ou en anglais ; Ctrl-D pour finir. / "
            "Ask in French or English; Ctrl-D to end.",
            style="dim",
        )
        conversation = assistant.conversation()
        while True:
            try:
                question = console.input("[bold]> [/bold]" if sys.stdin.isatty() else "")
            except EOFError:
                console.print()
                return 0
            if not question.strip():
                continue
            if not sys.stdin.isatty():
                # Read from a file, it stands before its answer all the same.
                console.print(f"> {question}", markup=False)
            with console.status("") as status:
                *_, answer = conversation.stream(
                    question, on_step=lambda step: status.update(_STEPS[step])
                )
            _show(console, answer, question)


def _serve(arguments: argparse.Namespace) -> int:
    from assistant.settings import load_settings

    settings = load_settings(host=arguments.host, port=arguments.port)
    with _open(arguments, settings) as assistant:
        # Gradio takes four seconds to import: meanwhile, model and index are loading.
        import app

        app.serve(assistant, settings)
    return 0


def _index(arguments: argparse.Namespace) -> int:
    from assistant.assistant import SHIPPED_CORPUS
    from assistant.settings import load_settings
    from index import Embedder, Index

    settings = load_settings()
    for path in arguments.paths:
        if not path.exists() and arguments.action != "remove":
            raise CorpusError(f"{path}: no such file or folder; name one that exists.")
    if arguments.action == "status":
        for path in arguments.paths:
            status = Index.status(path.resolve(), settings.home)
            print(
                f"{path}: {status.state}, {status.documents} documents, "
                f"{status.passages} passages, {status.sentences} sentences, "
                f"{status.bytes / 1e6:.1f} MB in {status.path}"
            )
        return 0
    embedder = Embedder(settings.embedding_model)
    if arguments.action == "build":
        for path in arguments.paths:
            index = Index.build(path.resolve(), settings.home, embedder, _progress())
            print(f"{path}: {len(index.documents)} documents, {len(index.sentences)} sentences.")
        return 0
    change = Index.add if arguments.action == "add" else Index.remove
    corpus = Path(arguments.corpus or settings.corpus or SHIPPED_CORPUS).resolve()
    paths = [path.resolve() for path in arguments.paths]
    index = change(corpus, paths, settings.home, embedder, _progress())
    print(f"{corpus.name}: {len(index.documents)} documents, {len(index.sentences)} sentences.")
    return 0


def _models(arguments: argparse.Namespace) -> int:
    from assistant.catalogue import load_catalogue
    from assistant.fetch import fetch, listed, verify
    from assistant.settings import load_settings

    settings, catalogue = load_settings(), load_catalogue()
    if arguments.action == "list":
        for model in listed(catalogue, settings.home):
            mark = "here" if model.present else "not fetched"
            entry = model.entry
            print(f"{entry.name}  {entry.bytes / 1e6:.0f} MB  {entry.licence}  {mark}")
        return 0
    entry = catalogue.entry(arguments.model or settings.local_model)
    act = fetch if arguments.action == "fetch" else verify
    print(f"{act(entry, settings.home, _progress())}: {entry.bytes} bytes, checksum right.")
    return 0


def _feedback_export(arguments: argparse.Namespace) -> int:
    from assistant.feedback import Feedback
    from assistant.settings import load_settings
    from evals.feedback import export

    home = load_settings().home
    done = export(list(Feedback(home).entries()), arguments.file, home, raw=arguments.raw)
    written, unsaid = len(done.lines), done.unsaid
    print(f"{arguments.file}: {written} written, {unsaid} that do not say what is right left out.")
    if losses := done.losses():
        print(f"andromede: {losses}", file=sys.stderr)
    return 0


def _eval_run(arguments: argparse.Namespace) -> int:
    from evals.run import Wanted, run

    wanted = Wanted(
        arguments.json,
        arguments.junit,
        arguments.markdown,
        arguments.html,
        arguments.baseline,
        arguments.update_baseline,
        arguments.regression,
        arguments.fast,
        arguments.fresh,
        arguments.order,
        arguments.ragas,
    )
    return run(arguments.suites, arguments.corpus, wanted, _console())


def _eval_judge(arguments: argparse.Namespace) -> int:
    from evals.judge import run

    judges = arguments.judges or ["exact"]
    return run(arguments.claims, arguments.pairs, judges, _console())


def _show(console: "Console", answer: "Answer", asked: str) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from assistant.verification.words import reworded

    if reworded(asked, answer.question):
        label = "Comprise ainsi :" if answer.language == "fr" else "Understood as:"
        console.print(Text(f"{label} {answer.question}", style="dim"))

    console.print(Text(answer.text, style="italic" if answer.abstained else "bold"))
    for citation in answer.citations:
        place = f"{citation.source.title}, {citation.start}–{citation.end}"
        line = Text.assemble(f"[{citation.number}] ", citation.quote, (f"  ({place})", "dim"))
        console.print(Padding(line, (0, 0, 0, 2)))


def _console() -> "Console":
    from rich.console import Console

    return Console(highlight=False, markup=True, emoji=False)


def _progress() -> "Progress":
    """A bar on a terminal's standard error; elsewhere, a line at the end of each stage."""
    from assistant.progress import Reporter

    return Reporter()


if __name__ == "__main__":
    sys.exit(main())
