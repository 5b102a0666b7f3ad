import { stem } from "./stem.ts";

const list = (words: string): readonly string[] => words.trim().split(/\s+/);

/**
 * Words of the public lexicon that tell something about a person that nobody else may learn: the special categories of
 * article 9 of the GDPR (health, sex life, religion, politics, origin), criminal matters (article 10), and money, work and
 * family in trouble. Such a word needs users behind it among the members of its cluster, however common it is in English.
 */
const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  health: list(`
    headache breast groin obstetrician obstetrics paediatrics pediatrics glucose abdominal pancreatic cervical intestine feces faeces malady affliction incarcerate incarcerated emigrate terminally cripple compulsive newborn trimester miscarried lethargic lethargy headaches deformities self-harm
    abscess ache aching acne adhd aids ailment albino alcoholic alcoholism allergic allergy alzheimer amnesia amphetamine amputate
    amputation amputee anaemia anaemic anaesthetic anemia anemic anesthetic aneurysm angina anorexia anorexic antibiotic
    anticoagulant antidepressant antihistamine antiviral anus anxiety anxious aphasia appendicitis arrhythmia arthritic arthritis
    aspirin asperger asthma asthmatic astigmatism ataxia atrophy autism autistic barbiturate bedridden bedwetting benign biopsy
    bipolar birth bladder bleeding blind blindness blister bowel breakdown breastfeed bronchitis bruise bulimia bulimic
    bypass caesarean cancer cancerous cannabis carcinoma cardiac cardiologist cardiovascular cataract celiac cerebral
    cesarean chemotherapy chickenpox childbirth chlamydia cholera cholesterol chromosome chronic cirrhosis claustrophobia
    claustrophobic cocaine codeine coeliac colic colitis coma comatose concussion condom congenital conjunctivitis
    constipated constipation contraception contraceptive convulsion coronary cortisone counselling counseling cramp
    crippled crutch cyst cystic dandruff deaf deafness decay defibrillator deformed deformity dehydrated dehydration
    delirious delirium delusion dementia depressed depression depressive dermatitis dermatologist detox diabetes diabetic
    dialysis diarrhea diarrhoea diphtheria disability disabled disease diseased
    disorder dizziness dizzy donor doping drug drugged dwarf dwarfism dying dysentery dyslexia dyslexic dyspepsia dystrophy ecstasy eczema
    embolism embryo emphysema enema epidemic epilepsy epileptic euthanasia fatigue fertility fetus fever feverish fibroid
    fibrosis fistula flu foetus fracture gangrene gastric gastritis gastroenteritis genetic genital geriatric glaucoma goiter
    goitre gonorrhea gonorrhoea gout gynaecologist gynecologist haemophilia haemophiliac haemorrhage haemorrhoid hallucinate
    hallucination halitosis handicap handicapped hashish heartburn hemophilia hemophiliac hemorrhage hemorrhoid hepatitis
    hereditary hernia heroin herpes hiccup hiv hoarder hormone hormonal hospice hypertension hyperactive
    hypnosis hypochondria hypochondriac hypodermic hypothermia hysterectomy hysteria hysterical ibuprofen ill illness immunity immunization impotence
    impotent incest incontinence incontinent incurable indigestion infect infected infection infectious infertile infertility
    infirm inflamed inflammation influenza inhaler injure injured injury inoculation insane insanity insomnia insomniac
    insulin intestinal intoxicated intravenous itch itchy jaundice kidney laryngitis laxative leper leprosy lesion
    leukaemia leukemia libido lithium liver lobotomy lump lupus lymph malaria malignant malnutrition mania maniac manic
    marijuana mastectomy masturbate masturbation measles menopausal menopause menstrual
    menstruate menstruation mental meningitis mescaline metabolic methadone midwife migraine miscarriage miscarry     morphine mumps mute narcolepsy narcotic nausea nauseous neurosis neurotic neurologist neurology numb numbness obese obesity
    obsessive oncology opiate opium orthopaedic orthopedic osteoarthritis osteoporosis outpatient ovarian ovary overdose overweight
    pacemaker paediatrician painkiller palsy pancreas panic paralyse paralysed paralysis paralytic paralyze paranoia paranoid
    paraplegic parkinson pediatrician penicillin phobia phobic physiotherapist physiotherapy pill placenta plague
    pneumonia poisoning polio postnatal pregnancy pregnant premature prenatal prognosis prostate prosthesis
    prosthetic prozac psoriasis psychiatric psychiatrist psychiatry psychoanalysis psychologist psychopath psychosis psychotherapist
    psychotherapy psychotic puberty puke pulmonary quadriplegic rabies radiation radiotherapy rash rectal rectum rehab rehabilitation
    relapse remission respiratory retarded rheumatic rheumatism rickets ringworm rubella salmonella scabies scar schizophrenia schizophrenic
    sciatica sclerosis scoliosis scurvy sedation sedative seizure senile senility septic shingles sick sickle sickness sinusitis
    smallpox sober sobriety spasm spastic sperm spinal sprain sterile sterilisation sterilization steroid stillborn
    stimulant stomachache stroke stutter suffer suicidal suicide surgeon surgery surgical suture syndrome syphilis syringe
    tapeworm testicle tetanus therapist therapy thrombosis thrush thyroid tinnitus tonsil tonsillitis tourette
    trachea tranquiliser tranquilizer transfusion transplant trauma traumatic tremor tuberculosis tumor tumour typhoid
    typhus ulcer ultrasound unconscious underweight unwell urinate urine urology uterus vaccinate vaccination vaccine
    vagina valium varicose vasectomy venereal vertigo vomit vomiting wart wheelchair whiplash withdrawal womb wound x-ray
    zit`),
  sex: list(`
    adulterer adulterous adultery affair asexual bigamy bisexual brothel celibacy celibate coitus erection erotic escort fetish
    fornication gay gender genitals heterosexual homosexual homosexuality impotency intercourse lesbian lover masochism
    masochist mistress molest molestation monogamous naked nude nudity nymphomaniac orgasm paedophile pedophile penis perversion
    pervert polygamous polygamy porn pornographic pornography promiscuous prostitute prostitution queer rape raped rapist sadism sadist seduce
    sex sexual sexuality sexually sexy sodomy stripper threesome transgender transsexual transvestite virginity
    voyeur whore womanizer`),
  belief: list(`
    agnostic agnosticism amish anarchism anarchist anglican apostate atheism atheist baptise baptism baptist baptize bible bishop
    blasphemy buddhism buddhist calvinist cardinal catholic catholicism christian christianity clergy communion communism communist congregation     cult democrat devil druid episcopal evangelical evangelist exorcism faith fascism fascist feminism feminist freemason
    fundamentalist god gospel hebrew heresy heretic hindu hinduism imam islam islamic jehovah jesuit jesus jew jewish jihad judaism
    koran leftist liberal lutheran marxism marxist methodist militant missionary monk mormon mosque muslim nationalist
    nazi nun orthodox pagan paganism pastor pentecostal pilgrimage pope pray prayer preacher presbyterian priest protestant
    protestantism puritan quaker rabbi racism racist ramadan rastafarian reactionary republican
    rosary sabbath satan satanic satanism sect secular sermon sexism sexist shaman shiite sikh sikhism socialism socialist sunni synagogue
    taoism theist tory trotskyist unionist unitarian witch witchcraft worship yoga zen zionism zionist`),
  origin: list(`
    aboriginal aborigine apartheid arab asylum blacklist caste citizenship creole deport deportation deported eskimo ethnic
    ethnicity exile expatriate extradite extradition foreigner ghetto gypsy hispanic immigrant immigrate immigration indigenous
    inuit kurd latino migrant mulatto naturalise naturalization naturalize negro nomad race racial refugee
    romany segregation tribal tribe undocumented visa xenophobia xenophobic`),
  crime: list(`
    abduct abduction abuse abused abuser abusive accuse accused accusation acquit acquittal alibi arraign arraignment arrest arrested arson
    arsonist assassin assassinate assault bail batter bigamist blackmail bribe bribery burglar burglary burgle captive carjacking
    confess confession convict convicted conviction counterfeit crime criminal culprit custody defendant delinquency
    delinquent detain detained detainee detention drunk embezzle embezzlement extort extortion felon felony forge forger forgery
    fraud fraudster fraudulent fugitive gang gangster guilty harass harassment hijack homicide hostage imprison imprisoned imprisonment
    incriminate indict indictment inmate innocent intimidate jail kidnap kidnapper killer larceny launder lawsuit libel
    lynch mafia manslaughter martial misdemeanor murder murderer offence offender offense parole parolee pedophilia penitentiary
    perjury pickpocket pimp plagiarism plead prison prisoner probation prosecute prosecution robber robbery     shoplift shoplifter shoplifting slander smuggle smuggler stab stalk stalker stalking stealing steal stolen sue swindle swindler terrorism
    terrorist testify testimony theft thief torture trafficker treason trespass trespasser vandal vandalism verdict victim violence violent
    weapon`),
  money: list(`
    alimony arrears bailiff bankrupt bankruptcy creditor debt debtor default destitute destitution evict evicted
    eviction foreclose foreclosure gamble gambler gambling homeless homelessness indebted insolvency insolvent
    jobless layoff overdraft overdrawn pawn pawnbroker penniless pension poverty redundancy redundant repossess repossession
    severance unemployed unemployment welfare`),
  family: list(`
    abortion abandon abandoned adopt adopted adoption adoptive bastard bereaved bereavement birthmother breakup childless childlessness dead death deceased
    die died divorce divorced divorcee elope estranged estrangement foster funeral grief grieve grieving illegitimate inheritance
    jilted mourn mourning neglect neglected orphan orphaned orphanage paternity runaway separated separation stepchild
    stepfather stepmother surrogate widow widowed widower will`),
  addiction: list(`
    addict addicted addiction addictive alcohol binge bong booze boozer dealer drinker drinking drunkard drunken
    hangover heroin junkie lsd meth nicotine relapsed smoke smoker smoking sobering stoned stoner withdrawals`),
};

const WORDS: ReadonlySet<string> = new Set(
  Object.values(CATEGORIES)
    .flat()
    .flatMap((word) => [word, stem(word)]),
);

/** Endings of diseases, operations and drugs, so that what the list forgets is still one of them (anaemia, colectomy, sertraline's kin). */
const MEDICAL =
  /.(?:itis|itides|[aeu]?emia|aemia|pathy|algia|ectomy|otomy|ostomy|oscopy|plegi[ac]|uria|rrh(?:o?ea|age)|noma|phoma|sarcoma|trophy|lepsy|leptic|cillin|mycin|statin|caine|azepam|azole|oxetine|triptyline|phobi[ac]|psycho\w*|diabet\w*|cancer\w*|schizo\w*|sclerosis|fibrosis|carcin\w*)$/;

/** Whether a word, or its stem, tells what a person may want to keep to themselves. */
export function isSensitive(word: string): boolean {
  return WORDS.has(word) || WORDS.has(stem(word)) || MEDICAL.test(word);
}
