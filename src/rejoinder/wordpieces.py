"""The word pieces that all models of the program share, where these models are kept, and how run.

Takes a file and gives a tokeniser that moves no offset, or a graph at work. A piece is the same in
the encoder, in the graph that reads two statements together, and in the table of meaning; the first
two read one table of vectors too.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rejoinder.errors import WeightsError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

#: The folder of the weights that come with the program.
SHIPPED = Path(__file__).parent / "extract" / "weights"
#: In it, the tokeniser, and the table of word pieces that graphs share.
TOKENIZER, WORDS = "tokenizer.json", "words.bin"


def load_tokenizer(path: Path) -> Tokenizer:
    """Load a `tokenizer.json` and switch off what would move offsets: padding and truncation.

    Raises:
        WeightsError: It cannot be read.
    """
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library knows no narrower one
        raise WeightsError(path, f"it cannot be read ({error})") from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def load_graph(path: Path, *, threads: int = 1) -> Any:
    """Load a graph, to be run by so many threads of the CPU.

    Raises:
        WeightsError: It cannot be loaded.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    # Without it products of bytes are cut off at sixteen bits where the CPU has no instruction for
    # them (AVX2 alone), and the same report is read otherwise there; elsewhere it changes nothing.
    options.add_session_config_entry("session.x64quantprecision", "1")
    # Fatal errors only: its warnings are about graphs, not about reports, and would mix into talk.
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the run time's own classes have no common public base
        raise WeightsError(path, f"it cannot be loaded ({error})") from error
