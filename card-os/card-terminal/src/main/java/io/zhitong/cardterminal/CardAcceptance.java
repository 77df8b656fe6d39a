package io.zhitong.cardterminal;

/** Whether the terminal takes a card at all (卡片准入): blacklist, issuers it has contracts with. */
@FunctionalInterface
public interface CardAcceptance {
    /** Takes every card. */
    CardAcceptance EVERY = card -> true;

    /** Asked after the purse was selected and before money is touched. */
    boolean accepts(PurseData card);
}
