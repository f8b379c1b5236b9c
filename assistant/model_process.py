"""The child process that runs llama.cpp's server; started by ``assistant.local_model``.

``python -m assistant.model_process`` reads one JSON line from standard input, serves on a free
loopback port, prints one JSON line with the address, and ends when standard input is closed: so
it never outlives its parent, however that ends.
"""

import json
import os
import sys

import xllamacpp as llama


def _spread(cpu: llama.CpuParams) -> None:
    """Give each thread a core of its own.

    They wait for each other in a loop at every layer. Left to the scheduler, two of them end up on
    one core while another program keeps the other busy, and a word takes several times as long.
    """
    mask = list(cpu.cpumask)
    for core in os.sched_getaffinity(0):
        mask[core] = True
    cpu.cpumask = mask
    cpu.mask_valid = True
    cpu.strict_cpu = True


def main() -> int:
    """Serve until the parent goes; the exit status is 0 unless the model cannot be loaded."""
    # The parent keeps our standard output for the one line; llama.cpp also prints there.
    answer = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    config = json.loads(sys.stdin.readline())
    params = llama.CommonParams()
    params.model.path = config["model"]
    params.model_alias = {config["alias"]}
    params.api_keys = [config["key"]]
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_parallel = config["slots"]
    params.n_ctx = config["slots"] * config["context"]
    # Every slot has its own share, so a long prompt in one never evicts another's cache.
    params.kv_unified = False
    for cpu in (params.cpuparams, params.cpuparams_batch):
        cpu.n_threads = config["threads"]
        _spread(cpu)
    # As fast as the default 512 on a CPU, with less memory.
    params.n_ubatch = 128
    params.flash_attn_type = llama.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_ENABLED
    # The weights are repacked for the CPU: a mapped file would stay resident beside them.
    params.load_mode = llama.llama_load_mode.LLAMA_LOAD_MODE_NONE
    params.fit_params = False
    params.endpoint_slots = True
    params.slot_save_path = config["slot_folder"]
    # Slots keep their own cache; no second copy in memory.
    params.cache_ram_mib = 0
    params.cache_idle_slots = False
    adapters = []
    for file in config["adapters"]:
        # At work only in requests that ask for it.
        adapter = llama.CommonAdapterLoraInfo()
        adapter.path, adapter.scale = file, 0.0
        adapters.append(adapter)
    params.lora_adapters = adapters
    params.offline = True
    params.ui = False
    params.cors_origins = ""
    params.cors_credentials = False
    # Errors only: prompts are logged at higher levels.
    params.verbosity = 1
    try:
        server = llama.Server(params)
    except RuntimeError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    answer.write(json.dumps({"address": server.listening_address}) + "\n")
    answer.close()
    sys.stdin.read()
    sys.stderr.flush()
    # The server's threads may be in the middle of an answer that nobody waits for.
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
