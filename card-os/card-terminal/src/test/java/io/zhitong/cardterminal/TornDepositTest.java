package io.zhitong.cardterminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cos.Card;
import io.zhitong.cos.chip.TornContent;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Load, unload and overdraft of the deposit with a real card, torn everywhere: what the journal says agrees with the
 * balance on the chip, and no account is credited for money that is still on the card.
 */
class TornDepositTest {
    private static final LocalDateTime AT = LocalDateTime.of(2026, 11, 21, 12, 0, 0);
    private static final int EXCHANGES = 4;
    private static final int ENOUGH = 8;
    private final Card card = RealCards.deposit(5);
    private final TestMoney host = new TestMoney();

    /** The transactions, and what each does to the balance where the limit was 0. */
    private enum Kind {
        LOAD(7),
        UNLOAD(-7),
        OVERDRAFT(7);

        private final long change;

        Kind(long change) {
            this.change = change;
        }
    }

    private MoneyOutcome run(Kind kind, CardChannel channel, long value) {
        return switch (kind) {
            case LOAD -> new DepositLoad(host, host, RealCards.TERMINAL).load(channel, value, AT, RealCards.PIN);
            case UNLOAD -> new Unload(host, host, RealCards.TERMINAL).unload(channel, value, AT, RealCards.PIN);
            case OVERDRAFT ->
                new OverdraftUpdate(host, host, RealCards.TERMINAL).update(channel, value, AT, RealCards.PIN);
        };
    }

    private MoneyOutcome resolve(Kind kind, CardChannel channel, HostRecord open) {
        return switch (kind) {
            case LOAD -> new DepositLoad(host, host, RealCards.TERMINAL).resolve(channel, open, RealCards.PIN);
            case UNLOAD -> new Unload(host, host, RealCards.TERMINAL).resolve(channel, open, RealCards.PIN);
            case OVERDRAFT -> new OverdraftUpdate(host, host, RealCards.TERMINAL).resolve(channel, open, RealCards.PIN);
        };
    }

    private void done(Kind kind, long value) {
        assertInstanceOf(MoneyOutcome.Done.class, run(kind, RealCards.lying(card), value));
    }

    private void fill() {
        done(Kind.LOAD, 1000);
        done(Kind.OVERDRAFT, 0);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whole_transaction_moves_the_balance_and_its_proof_holds(Kind kind) {
        fill();
        var outcome = assertInstanceOf(MoneyOutcome.Done.class, run(kind, RealCards.lying(card), 7));
        assertEquals(1000 + kind.change, RealCards.depositBalance(card));
        assertEquals(outcome.record().newBalance(), RealCards.depositBalance(card));
        assertEquals(outcome.record(), HostRecord.parse(outcome.record().encode()));
        assertEquals(List.of(), host.open);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void card_that_leaves_at_any_exchange_is_settled_when_it_comes_back(Kind kind) {
        fill();
        for (int exchange = 1; exchange <= EXCHANGES; exchange++) {
            for (boolean really : new boolean[] {false, true}) {
                done(Kind.OVERDRAFT, 0);
                long before = RealCards.depositBalance(card);
                String where = kind + " left at " + exchange + " " + really;
                MoneyOutcome outcome = run(kind, RealCards.leavingAt(card, exchange, really), 7);
                assertEquals(exchange == EXCHANGES, outcome instanceof MoneyOutcome.InDoubt, where);
                if (outcome instanceof MoneyOutcome.InDoubt doubt) {
                    MoneyOutcome end = resolve(kind, RealCards.lying(card), doubt.record());
                    assertEquals(really, end instanceof MoneyOutcome.Done, where + end);
                    assertEquals(really, host.ends.get(host.ends.size() - 1), where);
                    assertEquals(before + (really ? kind.change : 0), RealCards.depositBalance(card), where);
                } else {
                    assertEquals(before, RealCards.depositBalance(card), where);
                }
                assertEquals(List.of(), host.open, where);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void power_that_fails_at_any_operation_is_settled(Kind kind) {
        fill();
        int did = 0;
        int not = 0;
        for (TornContent torn : TornContent.values()) {
            // how many operations there are differs from one to the next by what the memory has to tidy up
            for (int n = 1, whole = 0; whole < ENOUGH; n++) {
                done(Kind.OVERDRAFT, 0);
                long before = RealCards.depositBalance(card);
                MoneyOutcome outcome = run(kind, RealCards.losingPower(card, n, torn), 7);
                if (outcome instanceof MoneyOutcome.Done) {
                    whole++;
                    continue;
                }
                if (outcome instanceof MoneyOutcome.Refused) {
                    assertEquals(before, RealCards.depositBalance(card), kind + " before the commit at " + n);
                    continue;
                }
                HostRecord open = ((MoneyOutcome.InDoubt) outcome).record();
                boolean really = resolve(kind, RealCards.lying(card), open) instanceof MoneyOutcome.Done;
                assertEquals(
                        before + (really ? kind.change : 0), RealCards.depositBalance(card), kind + " " + torn + n);
                assertEquals(List.of(), host.open);
                did += really ? 1 : 0;
                not += really ? 0 : 1;
            }
        }
        assertTrue(did > 0 && not > 0, did + " done, " + not + " not");
    }

    @Test
    void recovery_that_is_torn_too_stays_open_and_another_card_settles_nothing() {
        fill();
        HostRecord open = assertInstanceOf(
                        MoneyOutcome.InDoubt.class, run(Kind.UNLOAD, RealCards.leavingAt(card, EXCHANGES, true), 7))
                .record();
        MoneyOutcome torn = resolve(Kind.UNLOAD, RealCards.leavingAt(card, 2, true), open);
        assertEquals(new MoneyOutcome.Refused(MoneyRefusal.CARD_LEFT, 0), torn);
        MoneyOutcome other = resolve(Kind.UNLOAD, RealCards.lying(RealCards.purse("12345679", 8)), open);
        assertEquals(new MoneyOutcome.Refused(MoneyRefusal.OTHER_CARD, 0), other);
        assertEquals(List.of(open), host.open);
        assertInstanceOf(MoneyOutcome.Done.class, resolve(Kind.UNLOAD, RealCards.lying(card), open));
    }

    @Test
    void unload_whose_number_the_card_has_left_behind_proves_nothing() {
        fill();
        HostRecord open = assertInstanceOf(
                        MoneyOutcome.InDoubt.class, run(Kind.UNLOAD, RealCards.leavingAt(card, EXCHANGES, false), 7))
                .record();
        done(Kind.LOAD, 5);
        assertEquals(new MoneyOutcome.InDoubt(open), resolve(Kind.UNLOAD, RealCards.lying(card), open));
        assertEquals(List.of(open), host.open);
    }

    @ParameterizedTest
    @CsvSource({
        "UNLOAD, 1001, FUNDS_TOO_LOW",
        "LOAD, 4294966296, CARD_REFUSED",
        "OVERDRAFT, 16777216, AMOUNT_NOT_POSSIBLE",
        "LOAD, 0, AMOUNT_NOT_POSSIBLE"
    })
    void impossible_amount_never_reaches_the_host(Kind kind, long value, MoneyRefusal reason) {
        fill();
        int before = host.ends.size();
        var refused = assertInstanceOf(MoneyOutcome.Refused.class, run(kind, RealCards.lying(card), value));
        assertEquals(reason, refused.reason());
        assertEquals(before, host.ends.size());
        assertEquals(1000, RealCards.depositBalance(card));
    }

    @Test
    void missing_pin_wrong_pin_and_blocked_pin_are_told_apart() {
        Unload unload = new Unload(host, host, RealCards.TERMINAL);
        assertEquals(MoneyRefusal.PIN_NEEDED, reason(unload.unload(RealCards.lying(card), 1, AT, Pin.NONE)));
        Pin wrong = Pin.of(io.zhitong.smcrypto.SecretBytes.copyOf(new byte[] {1, 2, 3}));
        for (int i = 0; i < 2; i++) {
            assertEquals(MoneyRefusal.PIN_WRONG, reason(unload.unload(RealCards.lying(card), 1, AT, wrong)));
        }
        unload.unload(RealCards.lying(card), 1, AT, wrong);
        assertEquals(MoneyRefusal.BLOCKED, reason(unload.unload(RealCards.lying(card), 1, AT, RealCards.PIN)));
        wrong.close();
    }

    private static MoneyRefusal reason(MoneyOutcome outcome) {
        return assertInstanceOf(MoneyOutcome.Refused.class, outcome).reason();
    }

    @Test
    void card_whose_mac1_or_proof_is_wrong_is_not_believed() {
        fill();
        MoneyHost stranger = new MoneyHost() {
            @Override
            public java.util.Optional<byte[]> authorise(HostRecord t) {
                return host.authorise(t);
            }

            @Override
            public boolean proofHolds(HostRecord t) {
                return false;
            }
        };
        var unload = new Unload(stranger, host, RealCards.TERMINAL);
        assertEquals(MoneyRefusal.PROOF_WRONG, reason(unload.unload(RealCards.lying(card), 7, AT, RealCards.PIN)));
        assertEquals(1, host.open.size(), "stays open for a person to look at");
        var deaf = new Unload(
                new MoneyHost() {
                    @Override
                    public java.util.Optional<byte[]> authorise(HostRecord t) {
                        return java.util.Optional.empty();
                    }

                    @Override
                    public boolean proofHolds(HostRecord t) {
                        return true;
                    }
                },
                host,
                RealCards.TERMINAL);
        assertEquals(MoneyRefusal.CARD_MAC_WRONG, reason(deaf.unload(RealCards.lying(card), 7, AT, RealCards.PIN)));
        assertEquals(993, RealCards.depositBalance(card));
    }

    @Test
    void balances_are_read_with_the_pin_and_the_deposit_hidden_without() {
        fill();
        RealCards.give(card, 250, RealCards.PIN);
        BalanceReading seen = BalanceReading.of(RealCards.lying(card), RealCards.PIN);
        assertEquals(250, seen.purse().getAsLong());
        assertEquals(1000, seen.deposit().getAsLong());
        BalanceReading hidden = BalanceReading.of(RealCards.lying(card), Pin.NONE);
        assertEquals(java.util.OptionalLong.empty(), hidden.deposit());
    }
}
