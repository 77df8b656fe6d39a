package io.zhitong.pos;

import io.zhitong.cardreaders.CardReader;
import io.zhitong.cardreaders.CardSession;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.LeaseTerms;
import io.zhitong.cardterminal.Psam;
import java.util.Optional;

/** The slot in which the PSAM lies (PSAM 卡槽): opened at the first sale and again after a failure. One thread. */
final class SamSlot implements AutoCloseable {
    private final CardReader reader;
    private Optional<CardSession> session = Optional.empty();
    private Optional<Psam> psam = Optional.empty();
    private Optional<LeaseTerms> lease = Optional.empty();

    SamSlot(CardReader reader) {
        this.reader = reader;
    }

    /**
     * The module, powered again if the reader's connection died since the last sale. The module itself is not asked: a
     * command would end the purchase that may be open in it.
     *
     * @throws CardException the slot is empty or what lies in it is no PSAM
     */
    Psam psam() {
        if (session.isPresent() && !readerAnswers()) {
            forget();
        }
        if (psam.isEmpty()) {
            CardSession fresh = reader.connect();
            session = Optional.of(fresh);
            Psam opened = Psam.open(fresh);
            lease = opened.lease();
            psam = Optional.of(opened);
        }
        return psam.get();
    }

    /** The module's lease as it was when it was opened or last renewed. */
    Optional<LeaseTerms> lease() {
        return lease;
    }

    /** Writes a renewed lease; throws as {@link Psam#renew}. */
    void renew(LeaseTerms terms, byte[] mac) {
        Psam module = psam();
        module.renew(terms, mac);
        lease = module.lease();
    }

    private boolean readerAnswers() {
        try {
            return reader.cardPresent();
        } catch (CardException e) {
            return false;
        }
    }

    /** Opens it afresh at the next sale. */
    void forget() {
        psam = Optional.empty();
        session.ifPresent(CardSession::close);
        session = Optional.empty();
    }

    @Override
    public void close() {
        forget();
        reader.close();
    }
}
