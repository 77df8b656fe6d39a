package io.zhitong.backend.commerce;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.VerifyRequest;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Has the vault re-compute TACs (TAC 验证): each card's own TAC key, derived city → card. */
@Component
class TacCheck {
    private final KeyService vault;
    private final Estate estate;

    TacCheck(KeyService vault, Estate estate) {
        this.vault = vault;
        this.estate = estate;
    }

    /**
     * For each record, in order: empty if its TAC is right, else why it is not paid.
     *
     * @throws KeyServiceException when the vault is sealed or cannot be reached: nothing is decided
     */
    List<Optional<SuspenseReason>> check(List<StoredPurchase> purchases) {
        List<Optional<SuspenseReason>> answers =
                ask(purchases.stream().filter(TacCheck::checkable).toList());
        List<Optional<SuspenseReason>> all = new ArrayList<>();
        int next = 0;
        for (StoredPurchase p : purchases) {
            all.add(checkable(p) ? answers.get(next++) : Optional.of(SuspenseReason.ALGORITHM));
        }
        return all;
    }

    private List<Optional<SuspenseReason>> ask(List<StoredPurchase> purchases) {
        if (purchases.isEmpty()) {
            return List.of();
        }
        try {
            return vault.verifyMacs(purchases.stream().map(this::request).toList()).stream()
                    .map(right -> right ? Optional.<SuspenseReason>empty() : Optional.of(SuspenseReason.WRONG_TAC))
                    .toList();
        } catch (KeyServiceException e) {
            return refused(purchases, e);
        }
    }

    private static Optional<SuspenseReason> reason(KeyRefusal refusal) {
        return switch (refusal) {
            case UNKNOWN_KEY, KEY_NOT_ACTIVE -> Optional.of(SuspenseReason.UNKNOWN_KEY);
            case NOT_ISSUER -> Optional.of(SuspenseReason.OTHER_ISSUER);
            default -> Optional.empty();
        };
    }

    /** One record of an unknown key version refuses its whole batch: find it by halving. */
    private List<Optional<SuspenseReason>> refused(List<StoredPurchase> purchases, KeyServiceException e) {
        Optional<SuspenseReason> reason = reason(e.reason());
        if (reason.isEmpty()) {
            throw e;
        }
        if (purchases.size() == 1) {
            return List.of(reason);
        }
        int half = purchases.size() / 2;
        List<Optional<SuspenseReason>> answers = new ArrayList<>(ask(purchases.subList(0, half)));
        answers.addAll(ask(purchases.subList(half, purchases.size())));
        return answers;
    }

    private VerifyRequest request(StoredPurchase p) {
        PurchaseRecord r = p.record();
        KeyUsage usage = r.algorithm() == CardAlgorithm.SM4 ? KeyUsage.DTK : KeyUsage.BOUGHT_DTK;
        KeyRef key = KeyRef.of(usage, r.keyVersion(), cityFactor(p.community()), r.cardFactor());
        return new VerifyRequest(key, new byte[0], r.tacData(), r.tac());
    }

    /** A bought card of 3DES has keys of its own; version 0 names none. */
    private static boolean checkable(StoredPurchase p) {
        return p.record().keyVersion() > 0;
    }

    /** cityCode2 FF 00 00 00 00 00 (docs/keys.md). */
    private byte[] cityFactor(CommunityId id) {
        Community community = estate.community(id).orElseThrow();
        return new ByteWriter()
                .bytes(Hex.parse(community.cityCode()))
                .u8(0xFF)
                .bytes(new byte[5])
                .toByteArray();
    }
}
