package io.zhitong.bench;

import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.cardterminal.PurchaseIntent;
import io.zhitong.cardterminal.PurchaseJournal;

/** A terminal's journal that keeps nothing: its disk is measured elsewhere. */
final class Forgetful implements PurchaseJournal {
    @Override
    public void intent(PurchaseIntent intent) {}

    @Override
    public void settled(PurchaseRecord record) {}
}
