#!/usr/bin/env bash
# Second verifier of a ceremony's transcript, from the section "Transcript" of docs/keys.md, with openssl and xxd.
# usage: verify-transcript.sh FILE [FINGERPRINT]; ends with 0 and the fingerprint, or with 1 and why
set -euo pipefail
export LC_ALL=C

refuse() { echo "$1"; exit 1; }
sm3() { openssl dgst -sm3 -r | cut -d' ' -f1; }
fact() { tr '\t' '\n' <<<"$1" | sed -n "s/^$2=//p" | head -n 1; }
integer() { # DER of an unsigned 32-byte number in hex
  local hex=$1
  while [[ ${#hex} -gt 2 && $hex == 00* ]]; do hex=${hex:2}; done
  [[ $((16#${hex:0:2})) -lt 128 ]] || hex=00$hex
  printf '02%02x%s' $((${#hex} / 2)) "$hex"
}

[[ $(tail -c 1 "$1" | xxd -p) == 0a ]] || refuse "the last line has no end"
[[ $(tr -d '\000' <"$1" | cmp - "$1" 2>&1) == "" ]] || refuse "there are zero bytes"
mapfile -t lines <"$1"
count=$((${#lines[@]} - 2))
[[ $count -ge 2 && ${lines[0]} == "zhitong ceremony transcript 1" ]] || refuse "no transcript"

hash=$(printf '00%.0s' {1..32})
for ((number = 1; number <= count; number++)); do
  line=${lines[number]}
  body=${line%$'\t'*}
  hash=$( (xxd -r -p <<<"$hash"; printf '%s' "$body") | sm3)
  [[ $line == "$body"$'\t'"$hash" ]] || refuse "record $number does not fit the chain"
  IFS=$'\t' read -r said _ kind _ <<<"$body"
  [[ $said == "$number" ]] || refuse "record $number says $said"
  [[ $number -ne 1 || $kind == STARTED ]] || refuse "the first record is $kind"
  [[ $kind != END || $number -eq $count ]] || refuse "END stands in the middle"
done
[[ $kind == END && $(fact "$body" records) == "$count" ]] || refuse "the last record does not say $count"

key=$(fact "${lines[1]}" key)
signature=${lines[count + 1]}
[[ $key =~ ^[0-9a-f]{128}$ && $signature =~ ^signature$'\t'[0-9a-f]{128}$ ]] || refuse "no key or no signature"
signature=${signature#*$'\t'}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
xxd -r -p <<<"3059301306072a8648ce3d020106082a811ccf5501822d03420004$key" >"$work/key.der"
openssl pkey -pubin -inform DER -in "$work/key.der" -out "$work/key.pem" 2>/dev/null || refuse "the key is no point"
numbers=$(integer "${signature:0:64}")$(integer "${signature:64}")
printf '30%02x%s' $((${#numbers} / 2)) "$numbers" | xxd -r -p >"$work/signature.der"
(printf 'ZTCT'; xxd -r -p <<<"$hash") >"$work/signed"
openssl dgst -sm3 -sigopt distid:1234567812345678 -verify "$work/key.pem" -signature "$work/signature.der" \
  "$work/signed" >/dev/null 2>&1 || refuse "the signature does not verify"

shown=$(xxd -r -p <<<"$key" | sm3 | cut -c 1-32)
wanted=$(tr -d ' ' <<<"${2-$shown}" | tr 'A-F' 'a-f')
[[ $wanted == "$shown" ]] || refuse "the fingerprint is $shown"
echo "$count records, fingerprint $shown"
