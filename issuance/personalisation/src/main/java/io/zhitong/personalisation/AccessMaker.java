package io.zhitong.personalisation;

import io.zhitong.cardspec.AccessCertificate;
import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CardFiles;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardterminal.AccessFailure;
import io.zhitong.cardterminal.AccessOutcome;
import io.zhitong.cardterminal.Door;
import io.zhitong.cardterminal.Fci;
import io.zhitong.cardterminal.SealedAccess;
import io.zhitong.cardterminal.TrustedIssuers;
import io.zhitong.keyapi.CardCertificateRequest;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * The community's access application of a resident's card (门禁应用制卡), docs/card.md "Access application". The certificate
 * is written last: an application that does not pass the sealed transaction was interrupted and is made anew.
 */
final class AccessMaker {
    private static final int DF = 0x3F02;
    private static final int DF_SIZE = 0x0400;
    private static final int KEYS_SIZE = 0x0100;
    private static final int CAPABILITIES_FILE = 0x0019;
    private static final int CAPABILITIES_TAG = 0xDF60;
    private static final int FAST_FILE = 0x0011;
    private static final int CERTIFICATE_FILE = 0x0014;
    private static final int SHOWS_CAPABILITIES = 0x80 | CAPABILITIES_FILE;
    private static final int KEY_PAIR = 0x00;

    /** Suite SM; fast, sealed, private, distance; 300 ms; reserved. */
    private static final byte[] CAPABILITIES = Hex.parse("01 0F 0BB8 00".replace(" ", ""));

    /** Whose reader certificates the card believes, and how new the newest it saw was: none yet. */
    private static final int ISSUER_FILE = 0x0012;

    private static final int NEWEST_READER_FILE = 0x0013;
    private static final int DATE = 4;

    private final CardOrder order;
    private final CardCommands commands;
    private final KeyService keys;
    private final Progress progress;

    AccessMaker(CardOrder order, CardCommands commands, KeyService keys, Progress progress) {
        this.order = order;
        this.commands = commands;
        this.keys = keys;
        this.progress = progress;
    }

    /**
     * Whether the card proves itself at a door of this community as the credential ordered.
     *
     * @throws PersonalisationRefused ALREADY_ISSUED if it proves another credential, or proves itself wrongly
     */
    static boolean isMade(CardChannel card, CardOrder order, Instant now) {
        var door = new Door(order.community(), new byte[8], order.zone());
        // On the desk nobody relays the card from afar: its answer may take its time.
        var access = new SealedAccess(door, RandomSource.secure(), () -> 0L);
        // A card ordered for a later day proves itself on its first day.
        Instant day = order.from().atStartOfDay(order.zone()).toInstant();
        Instant at = now.isBefore(day) ? day : now;
        var outcome = access.identify(card, new TrustedIssuers(List.of(order.issuer())), at);
        if (outcome instanceof AccessOutcome.NotGenuine not) {
            refuseUnless(isUnfinished(not.reason()) || offersNothingYet(not.reason(), card, order));
            return false;
        }
        refuseUnless(outcome instanceof AccessOutcome.Genuine genuine
                && genuine.credential().equals(order.credential()));
        return true;
    }

    /** A card that left says nothing about its application; one that answers wrongly is not to be erased either. */
    private static boolean isUnfinished(AccessFailure reason) {
        return switch (reason) {
            case CARD_LEFT -> throw new CardException(CardException.Reason.REMOVED, "the card left");
            case READER_FAILED -> throw new CardException(CardException.Reason.READER_FAILED, "the reader failed");
            case NO_APPLICATION, CARD_REFUSED -> true;
            default -> false;
        };
    }

    /** Between the creation of the capabilities file and its content the application announces zeros. */
    private static boolean offersNothingYet(AccessFailure reason, CardChannel card, CardOrder order) {
        if (reason != AccessFailure.METHOD_NOT_OFFERED) {
            return false;
        }
        byte[] name = CardFiles.accessAid(order.community());
        byte[] fci =
                card.send(new CommandApdu(0x00, 0xA4, 0x04, 0x00, name, 256)).expectOk("SELECT application");
        return Fci.parse(fci)
                .proprietary(CAPABILITIES_TAG)
                .filter(shown -> Arrays.equals(shown, new byte[CAPABILITIES.length]))
                .isPresent();
    }

    private static void refuseUnless(boolean good) {
        if (!good) {
            throw new PersonalisationRefused(PersonalisationRefused.Reason.ALREADY_ISSUED, "");
        }
    }

    /** The MF must be selected and authenticated. */
    void make() {
        progress.begins(CardStep.ACCESS_CREATE);
        byte[] name = CardFiles.accessAid(order.community());
        if (commands.select(name)) {
            commands.eraseCurrent();
        } else {
            commands.create(DF, FilePlan.directory(DF_SIZE, SHOWS_CAPABILITIES, name));
            commands.select(name);
        }
        commands.create(0x0000, FilePlan.keys(KEYS_SIZE, 1));
    }

    void writeKeys(KeyRef cardControl) {
        progress.begins(CardStep.ACCESS_KEYS);
        KeyRef control = key(KeyUsage.ACCESS_CONTROL);
        commands.addKey(cardControl, KeyRecord.authentication(0, 0x0F, control));
        commands.addKey(control, KeyRecord.line(0, key(KeyUsage.ACCESS_LINE)));
        commands.addKey(control, KeyRecord.versioned(1, key(KeyUsage.ACCESS_FAST)));
    }

    /** Answers the certificate. */
    AccessCertificate certify() {
        progress.begins(CardStep.KEY_PAIR);
        KeyRef control = key(KeyUsage.ACCESS_CONTROL);
        KeyRef line = key(KeyUsage.ACCESS_LINE);
        byte[] credential = order.credential().bytes();
        byte[] from = CardTime.date4(order.from());
        byte[] to = CardTime.date4(order.to());
        writeFile(line, CAPABILITIES_FILE, CAPABILITIES);
        byte[] fast = new ByteWriter().bytes(credential).bytes(from).bytes(to).toByteArray();
        writeFile(line, FAST_FILE, fast);
        writeFile(line, ISSUER_FILE, order.issuer().xy());
        commands.create(NEWEST_READER_FILE, FilePlan.protectedBinary(DATE, FilePlan.NEVER));
        CardCommands.MadeKeyPair pair = commands.generateKeyPair(control, KEY_PAIR);
        byte[] certificate = keys.certifyCard(new CardCertificateRequest(
                control,
                pair.challenge(),
                pair.point(),
                pair.mac(),
                AccessCertificate.CARD,
                credential,
                from,
                to,
                order.certificateNumber()));
        writeFile(line, CERTIFICATE_FILE, certificate);
        return AccessCertificate.parse(certificate);
    }

    private void writeFile(KeyRef line, int fileId, byte[] content) {
        commands.create(fileId, FilePlan.protectedBinary(content.length, FilePlan.NEVER));
        commands.update(line, fileId, content);
    }

    private KeyRef key(KeyUsage usage) {
        return KeyRef.of(
                usage,
                order.keyVersions().of(usage),
                order.city(),
                order.community(),
                order.credential().bytes());
    }
}
