package io.zhitong.keyvault.custody;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is kept of authentication cards (认证卡状态): version 1 (01) ‖ count 1 ‖ cards. Empty bytes are none. */
record AuthCardState(List<Card> cards) {
    private static final int VERSION = 1;
    private static final int SERIAL = 10;
    private static final int CHALLENGE = 16;
    private static final int HASH = 32;

    /** challenge 16 ‖ SM3 of the answer 32. */
    record Pair(byte[] challenge, byte[] answerHash) {
        @Override
        public byte[] challenge() {
            return challenge.clone();
        }
    }

    /** custodian 1 ‖ serial 10 ‖ count 2 ‖ pairs, the next one first. */
    record Card(int custodian, byte[] serial, List<Pair> pairs) {
        Card {
            serial = serial.clone();
            pairs = List.copyOf(pairs);
        }
    }

    AuthCardState {
        cards = List.copyOf(cards);
    }

    Optional<Card> of(int custodian) {
        return cards.stream().filter(card -> card.custodian() == custodian).findFirst();
    }

    AuthCardState with(Card fresh) {
        List<Card> all = new ArrayList<>(cards);
        all.removeIf(card -> card.custodian() == fresh.custodian());
        all.add(fresh);
        return new AuthCardState(all);
    }

    AuthCardState withoutFirst(int custodian) {
        return of(custodian)
                .map(card -> with(new Card(
                        custodian,
                        card.serial(),
                        card.pairs().subList(1, card.pairs().size()))))
                .orElse(this);
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter().u8(VERSION).u8(cards.size());
        for (Card card : cards) {
            out.u8(card.custodian()).bytes(card.serial()).u16(card.pairs().size());
            card.pairs().forEach(pair -> out.bytes(pair.challenge()).bytes(pair.answerHash()));
        }
        return out.toByteArray();
    }

    static AuthCardState decode(byte[] kept) {
        if (kept.length == 0) {
            return new AuthCardState(List.of());
        }
        ByteReader in = new ByteReader(kept);
        if (in.u8() != VERSION) {
            throw new IllegalStateException("expected cards of layout 1: this program is older than its store");
        }
        List<Card> cards = new ArrayList<>();
        for (int count = in.u8(); count > 0; count--) {
            int custodian = in.u8();
            byte[] serial = in.bytes(SERIAL);
            List<Pair> pairs = new ArrayList<>();
            for (int left = in.u16(); left > 0; left--) {
                pairs.add(new Pair(in.bytes(CHALLENGE), in.bytes(HASH)));
            }
            cards.add(new Card(custodian, serial, pairs));
        }
        in.end();
        return new AuthCardState(cards);
    }
}
