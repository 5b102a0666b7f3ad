/** Base forms that open a request ("track my parcel"); a first word that is none of these may be a noun. */
export const REQUEST_VERBS: ReadonlySet<string> = new Set(
  `
accept access activate adapt add adjust advise agree allow alter analyse analyze announce answer apply approve argue arrange
ask assess assign assist attach authorize automate bake balance be begin block book boost bring brainstorm browse build buy
calculate call cancel capture categorize change charge chat check choose cite claim clarify classify clean clear close code
collect combine come comment communicate compare complain complete compose compute concatenate condense configure confirm
connect consider construct contact continue contrast convert cook copy correct count cover craft create critique
customize cut deactivate debate debug decide decline decode decorate define delete deliver demonstrate deploy derive describe design detect
determine develop diagnose differentiate dig disable discuss display distinguish divide do document donate download draft draw drive
edit elaborate eliminate email enable encode encourage end enlarge ensure enter estimate evaluate examine exchange execute
expand explain explore export express extend extract factor fetch figure file fill filter find finish fix flip follow forecast form
format forward free freeze gather generate get give go grade grow guess guide handle hang help hide highlight hire identify
ignore illustrate imagine implement import improve include increase infer inform insert inspect install integrate interpret invent
invest investigate invite join justify keep know label launch lay lead learn leave lend let list listen load locate lock log look lower
make manage map mark match measure merge migrate modify monitor move mute name navigate negotiate notify offer open optimize
order organise organize outline pack paint paraphrase parse pause pay perform persuade pick plan play plot point polish post
practice predict prepare present prevent print prioritize proceed process produce program proofread propose prove provide
publish pull punctuate purchase push put quit quote rank rate raise reach read rearrange rebook recalculate recite recommend
record recover redeem redo reduce refactor refer refill refresh refund register reinstall reject remember remind remove rename
renew rent repair repeat rephrase replace reply report request research reschedule reserve reset resize resolve respond restart restore
retrieve return review revise rewrite rid roll rotate run save say scale scan schedule search select sell send separate set settle
setup share shorten show shuffle shut sign simplify simulate sketch skip solve sort spell split standardize start stop store
stream structure study submit subscribe substitute subtract suggest sum summarise summarize support suspend switch
synthesize take talk teach tell test text thank think tidy track trade train transcribe transfer transform translate
transpose treat try tune turn type uncover understand undo unfreeze uninstall unlock unsubscribe update upgrade upload use validate
verify view visit visualize vote wake walk want warn watch work wrap write zip zoom
  `
    .trim()
    .split(/\s+/),
);

/** Words after which a first word that is not in the list is a verb all the same: "reorder my checks". */
export const OBJECT_STARTS: ReadonlySet<string> = new Set(
  "my a an the this that these those me us it him her them some all our your every each any up off out down".split(
    " ",
  ),
);

/** Nouns that look like verbs of the list when a request opens with them: "weather report", "play time". */
export const AUXILIARIES: ReadonlySet<string> = new Set(
  "is are am was were do does did can could will would should shall may might must has have had isn't aren't wasn't weren't don't doesn't didn't can't couldn't won't wouldn't shouldn't hasn't haven't hadn't".split(
    " ",
  ),
);

export const QUESTION_WORDS: ReadonlySet<string> = new Set(
  "what what's whats which who who's whos whose whom when when's where where's wheres why why's how how's hows".split(
    " ",
  ),
);
