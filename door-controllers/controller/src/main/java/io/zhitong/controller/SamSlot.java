package io.zhitong.controller;

import io.zhitong.cardreaders.CardReader;
import io.zhitong.cardreaders.CardSession;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.cardterminal.AccessSam;
import io.zhitong.edge.Health;
import java.util.Optional;
import java.util.function.Function;

/**
 * The slot with the controller's access SAM (安全模块槽): powered when first needed and again after a failure; one card's answer
 * at a time. Thread-safe.
 */
final class SamSlot implements DoorKeys, AutoCloseable {

    private static final String PART = "sam";

    /** A powered SAM. */
    private record Open(CardSession session, AccessSam sam) {}

    private final CardReader slot;
    private final Health health;
    private Optional<Open> open = Optional.empty();

    SamSlot(CardReader slot, Health health) {
        this.slot = slot;
        this.health = health;
    }

    /** Where no SAM was configured: a point that needs one cannot check anybody. */
    static DoorKeys none() {
        return new DoorKeys() {
            @Override
            public byte[] mac(int keyVersion, CredentialNumber credential, byte[] message) {
                throw missing();
            }

            @Override
            public byte[] cryptogram(CredentialNumber serial, byte[] challenge8) {
                throw missing();
            }
        };
    }

    private static CardException missing() {
        return new CardException(CardException.Reason.READER_FAILED, "no access SAM is configured");
    }

    @Override
    public byte[] mac(int keyVersion, CredentialNumber credential, byte[] message) {
        return twice(sam -> sam.mac(keyVersion, credential, message));
    }

    @Override
    public byte[] cryptogram(CredentialNumber serial, byte[] challenge8) {
        return twice(sam -> sam.cryptogram(serial, challenge8));
    }

    /** A SAM that was powered earlier and has lost its power or its reader meanwhile is powered again before anybody is denied. */
    private synchronized byte[] twice(Function<AccessSam, byte[]> question) {
        boolean fresh = open.isEmpty();
        try {
            return asked(question);
        } catch (CardException e) {
            drop();
            if (fresh) {
                throw broken(e);
            }
        }
        try {
            return asked(question);
        } catch (CardException e) {
            drop();
            throw broken(e);
        }
    }

    private byte[] asked(Function<AccessSam, byte[]> question) {
        byte[] answer = question.apply(powered().sam());
        health.working(PART);
        return answer;
    }

    private CardException broken(CardException e) {
        health.broken(PART, "the access SAM on " + slot.name() + " does not answer as it should");
        return e;
    }

    private Open powered() {
        Open powered = open.orElseGet(() -> {
            CardSession session = slot.connect();
            return new Open(session, AccessSam.open(session));
        });
        open = Optional.of(powered);
        return powered;
    }

    private void drop() {
        open.ifPresent(powered -> powered.session().close());
        open = Optional.empty();
    }

    @Override
    public synchronized void close() {
        drop();
        slot.close();
    }
}
