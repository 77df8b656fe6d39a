package io.zhitong.accessmodel;

import io.zhitong.smcrypto.Sm2PublicKey;

/**
 * What a device lets in (名单准入): its own community's and its own lists, newer than what it holds, signed by the policy
 * key it was enrolled with. Deny by default.
 *
 * @param policyKey learned at enrolment
 */
public record ListGate(CommunityId community, DeviceId device, Sm2PublicKey policyKey) {

    /**
     * Judges a header before its records are fetched.
     *
     * @param kind the kind that was asked for
     * @param held version of the list the device holds, {@link ListVersion#NONE} without one
     * @throws ListRefusedException with the first reason that applies
     */
    public ListHeader admit(byte[] headerBytes, ListKind kind, ListVersion held) {
        ListHeader header = decode(headerBytes);
        ListRefusedException.unless(header.community().equals(community), ListRefusal.OTHER_COMMUNITY);
        ListRefusedException.unless(header.device().equals(device), ListRefusal.OTHER_DEVICE);
        ListRefusedException.unless(header.kind() == kind, ListRefusal.OTHER_KIND);
        ListRefusedException.unless(header.key().equals(KeyId.of(policyKey)), ListRefusal.UNKNOWN_KEY);
        ListRefusedException.unless(header.signedBy(policyKey), ListRefusal.WRONG_SIGNATURE);
        ListRefusedException.unless(header.version().compareTo(held) > 0, ListRefusal.VERSION_NOT_HIGHER);
        ListRefusedException.unless(header.count() <= kind.maxRecords(), ListRefusal.TOO_LARGE);
        return header;
    }

    private static ListHeader decode(byte[] bytes) {
        try {
            return ListHeader.decode(bytes);
        } catch (ModelException e) {
            throw new ListRefusedException(ListRefusal.MALFORMED);
        }
    }
}
