package io.zhitong.personalisation;

/** A finished card (成品卡): the chip identifier, 8 bytes, under which its control key was derived. */
public record MadeCard(byte[] chipId) {
    public MadeCard {
        if (chipId.length != 8) {
            throw new IllegalArgumentException("expected a chip identifier of 8 bytes");
        }
        chipId = chipId.clone();
    }

    @Override
    public byte[] chipId() {
        return chipId.clone();
    }
}
