package io.zhitong.decision;

/**
 * How the site stands, as far as the device knows (现场状态).
 *
 * @param first whether the first person of the point's window came
 * @param threat level of the estate, 0 = calm
 * @param fire zones that burn
 * @param open points whose leaf stands open or whose lock is released
 * @param holderArea where the holder is known to be, 0 = outside, {@link #NOWHERE} = nothing known
 * @param holderSinceSecond Unix seconds of the passage that brought the holder there
 * @param ageSeconds since the state of the areas was last heard
 * @param counts persons or cars in an area
 * @param silenceSeconds since the last word of the backend, 0 while connected
 */
public record SiteState(
        boolean first,
        int threat,
        Tally fire,
        Tally open,
        int holderArea,
        long holderSinceSecond,
        long ageSeconds,
        Tally counts,
        long silenceSeconds) {

    /** Nobody knows where the holder is: never seen, or an amnesty. */
    public static final int NOWHERE = -1;

    /** Nothing is the matter and nothing is known of anybody's place. */
    public static final SiteState QUIET = new SiteState(false, 0, Tally.NONE, Tally.NONE, NOWHERE, 0, 0, Tally.NONE, 0);

    public SiteState {
        if (threat < 0 || ageSeconds < 0 || silenceSeconds < 0 || holderArea < NOWHERE) {
            throw new IllegalArgumentException("expected a threat level, ages and an area that are not negative");
        }
    }

    SiteState connected() {
        return new SiteState(first, threat, fire, open, holderArea, holderSinceSecond, ageSeconds, counts, 0);
    }

    SiteState fresh() {
        return new SiteState(first, threat, fire, open, holderArea, holderSinceSecond, 0, counts, silenceSeconds);
    }
}
