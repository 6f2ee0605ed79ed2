"""Hidden states of a Hugging Face causal language model as a file for `meanfield diagnose`.

Usage: python3 dump_hidden_states.py MODEL TEXT.txt hidden_states.safetensors [TOKENS]
Then:  ./meanfield diagnose hidden_states.safetensors --causal --out runs/hidden-states
Needs torch, transformers and safetensors. One tensor [tokens, dim] per layer, float16; layer_00 is the embedding.
"""
import sys

import torch
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, AutoTokenizer

name, text, target = sys.argv[1:4]
tokens = int(sys.argv[4]) if len(sys.argv) > 4 else 1024
tokenizer = AutoTokenizer.from_pretrained(name)
model = AutoModelForCausalLM.from_pretrained(name).eval()
with open(text, encoding="utf-8") as file:
    inputs = tokenizer(file.read(), return_tensors="pt", truncation=True, max_length=tokens)
with torch.no_grad():
    states = model(**inputs, output_hidden_states=True).hidden_states
save_file({f"layer_{k:02}": s[0].to(torch.float16).contiguous() for k, s in enumerate(states)}, target)
