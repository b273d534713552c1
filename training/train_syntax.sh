#!/bin/sh
# Trains models/syntax.bin from nothing: word vectors, a large parser, its trees of news, and from all of these the small parser that
# ships. Deterministic: the same programs and data give the same bytes.
#
# usage: train_syntax.sh PROGRAMS TRAIN.conllu DEV.conllu NEWS.jsonl.gz WORK OUT
set -eu
programs=$1 train=$2 dev=$3 news=$4 work=$5 out=$6
here=$(dirname "$0")
mkdir -p "$work"
python3 "$here/news_text.py" "$news" > "$work/news.txt"
"$programs/word_vectors" 48 8 1 "$work/vectors.txt" "$work/news.txt" "$train"
"$programs/syntax_train" --train "$train" --dev "$dev" --vectors "$work/vectors.txt" --out "$work/large.bin" --seed 1 \
    --layers 2 --embedding 128 --hidden 128 --parser-hidden 160 --epochs 16 --batch 16 --rate 2e-3 --dropout 0.4
"$programs/tag_treebank" "$work/large.bin" "$work/news.txt" > "$work/news.conllu"
"$programs/syntax_train" --train "$train" --dev "$dev" --vectors "$work/vectors.txt" --news "$work/news.conllu" --news-sentences 7000 \
    --out "$out" --seed 1 --layers 2 --embedding 64 --hidden 48 --parser-hidden 64 --epochs 14 --batch 16 --rate 3e-3 --dropout 0.2
