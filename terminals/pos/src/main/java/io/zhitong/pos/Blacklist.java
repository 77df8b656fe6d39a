package io.zhitong.pos;

import io.zhitong.accessmodel.BlacklistRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.cardterminal.CardAcceptance;
import io.zhitong.cardterminal.PurseData;
import io.zhitong.edge.ListStore;
import io.zhitong.smcrypto.ByteReader;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Refuses the cards of the blacklist that the device holds (黑名单); without one it refuses nobody. Thread-safe. */
final class Blacklist implements CardAcceptance {
    private final AtomicReference<Set<Long>> numbers = new AtomicReference<>(Set.of());

    /** Follows the list from now on. */
    static Blacklist of(ListStore lists) {
        Blacklist blacklist = new Blacklist();
        lists.held(ListKind.BLACKLIST).ifPresent(blacklist::install);
        lists.onInstalled(list -> {
            if (list.header().kind() == ListKind.BLACKLIST) {
                blacklist.install(list);
            }
        });
        return blacklist;
    }

    void install(SignedList list) {
        numbers.set(list.tree().records().stream()
                .map(BlacklistRecord::decode)
                .map(record -> record.number().value())
                .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public boolean accepts(PurseData card) {
        byte[] serial = card.serial();
        long number = new ByteReader(Arrays.copyOfRange(serial, serial.length - 8, serial.length)).u64();
        return !Objects.requireNonNull(numbers.get()).contains(number);
    }
}
