package io.zhitong.keyvault.custody;

import io.zhitong.keyapi.Custodian;
import io.zhitong.keyapi.Custodians;
import io.zhitong.keyapi.KeyOrder;
import io.zhitong.keyapi.Proposal;
import io.zhitong.smcrypto.SecretBytes;
import java.util.List;

/** Dual control for custodians with authentication cards (双因素批准): an approval counts after the card was shown for it. */
public final class CardGuard implements Custodians {
    private final Custodians inner;
    private final AuthCardBook cards;

    public CardGuard(Custodians inner, AuthCardBook cards) {
        this.inner = inner;
        this.cards = cards;
    }

    @Override
    public Proposal approve(byte[] number, byte[] digest, int custodian, SecretBytes pin) {
        cards.require(custodian, digest);
        return inner.approve(number, digest, custodian, pin);
    }

    @Override
    public List<Custodian> list() {
        return inner.list();
    }

    @Override
    public void changePin(int custodian, SecretBytes oldPin, SecretBytes newPin) {
        inner.changePin(custodian, oldPin, newPin);
    }

    @Override
    public Proposal propose(String proposer, KeyOrder order) {
        return inner.propose(proposer, order);
    }

    @Override
    public List<Proposal> proposals() {
        return inner.proposals();
    }

    @Override
    public Proposal withdraw(byte[] number, int custodian, SecretBytes pin) {
        return inner.withdraw(number, custodian, pin);
    }
}
