import type { LanguagePack } from "../script.ts";

export const portuguese: LanguagePack = {
  manner: {
    joiner: " ",
    openers: [
      "Oi,",
      "Olá,",
      "Bom dia,",
      "Boa tarde,",
      "Boa noite.",
      "Uma dúvida rápida.",
      "Será que você pode me ajudar?",
    ],
    closers: [
      "Obrigada!",
      "Obrigado desde já.",
      "Valeu!",
      "Explique de um jeito simples, por favor.",
      "Estou com um pouco de pressa.",
      "Abraços.",
    ],
    annoyed: [
      "Estou há horas nisso e já perdi a paciência.",
      "Sinceramente, cansei.",
      "É a terceira vez que pergunto.",
      "Por que isso é sempre tão complicado?!",
    ],
    thanks: [
      ["Perfeito, muito obrigada!", "De nada! Estou por aqui."],
      ["Era exatamente isso, valeu.", "Que bom que ajudou."],
      ["Certo, vou tentar.", "Boa sorte! Depois me conte."],
      ["Obrigado, agora entendi.", "Ótimo! Qualquer dúvida, é só perguntar."],
    ],
    switches: [
      "Outra coisa, nada a ver com isso.",
      "Aliás, mais uma pergunta.",
      "Mudando de assunto.",
      "Já que estou aqui, uma segunda dúvida.",
    ],
    softWords: [
      "Você",
      "Como",
      "Pode",
      "Quero",
      "Preciso",
      "Meu",
      "Minha",
      "Estou",
      "Tenho",
      "Qual",
      "Onde",
      "Por",
      "O",
      "A",
      "Os",
      "Quanto",
      "Dá",
      "Nossa",
      "Vou",
      "Desde",
      "Em",
      "Com",
      "Fiz",
      "Todo",
    ],
    plants: [
      { text: "Aliás, meu nome é {name}." },
      { text: "Meu e-mail é {email}." },
      { text: "Pode me ligar no {phone}." },
      { text: "Meus dados: {name}, {address}." },
      { domains: ["customer_support", "travel"], text: "Paguei com o cartão {card}." },
      { domains: ["personal_finance", "customer_support"], text: "A conta em Portugal é {iban}." },
      { domains: ["programming", "data_analysis"], text: "O servidor fica em {ip}." },
      { domains: ["programming"], text: "A chave que eu uso é {api_key}." },
    ],
    firstNames: [
      "Beatriz",
      "João",
      "Larissa",
      "Pedro",
      "Mariana",
      "Rafael",
      "Inês",
      "Tiago",
      "Camila",
      "Bruno",
    ],
    lastNames: [
      "Silveira",
      "Almeida",
      "Carvalho",
      "Barbosa",
      "Nogueira",
      "Teixeira",
      "Ramos",
      "Pinheiro",
      "Moura",
      "Antunes",
    ],
    addresses: [
      "Rua Exemplo, {number}, São Paulo, SP",
      "Avenida Modelo, {number}, apto. 52, Recife",
      "Rua de Teste, {number}, 1000-001 Lisboa",
    ],
  },
  scripts: {
    "polite-email-rewrite": {
      scenes: [
        {
          para: "o proprietário",
          sobre: "o aquecedor quebrado",
          bruto: "Faz nove dias que o aquecedor não funciona. Mande alguém.",
          fino: "Gostaria de saber sobre o aquecedor, que está sem funcionar há nove dias. Você poderia me dizer em que dia desta semana alguém pode vir?",
        },
        {
          para: "um cliente",
          sobre: "uma fatura em atraso",
          bruto: "Vocês ainda não pagaram. Paguem até sexta.",
          fino: "Consta em nosso sistema que a fatura de agosto está em aberto. Seria possível efetuar o pagamento até sexta-feira?",
        },
        {
          para: "minha chefe",
          sobre: "o home office na sexta",
          bruto: "Não vou mais ao escritório às sextas, não adianta nada.",
          fino: "Gostaria de trabalhar de casa às sextas. Podemos testar por um mês?",
        },
        {
          para: "os vizinhos de cima",
          sobre: "o barulho à noite",
          bruto: "Parem de arrastar móveis de madrugada.",
          fino: "Escrevo com toda a cordialidade: de madrugada ouvimos os móveis sendo arrastados. Seria possível deixar para a manhã?",
        },
      ],
      slots: { tom: ["mais educado", "mais profissional", "menos agressivo", "gentil, mas firme"] },
      requests: [
        "Você pode reescrever este e-mail para {para} em um tom {tom}?\n\n{bruto}",
        "Vou mandar isto para {para} e tenho medo de parecer grosseiro. Como você escreveria?\n\n{bruto}",
        "Preciso de uma mensagem {tom} para {para} sobre {sobre}.",
        "Como falo com {para} sobre {sobre} sem criar confusão?",
        "Deixe este texto {tom}, por favor:\n\n{bruto}",
      ],
      terse: ["e-mail {tom} para {para}", "reescrever: {bruto}"],
      details: [
        "A gente se dá bem e quero que continue assim.",
        "Já mandei um lembrete.",
        "Não quero pedir desculpas.",
      ],
      replies: [
        'Claro. Que tal assim?\n\n"{fino}"',
        'A mensagem está clara, mas soa como cobrança. Melhor:\n\n"{fino}"',
        'Uma versão em tom {tom}: "{fino}"',
      ],
      tips: ["Um assunto neutro ajuda.", "Releia amanhã antes de enviar."],
      followUps: [
        ["Dá para encurtar?", "Uma frase com o fato e outra com a pergunta. O resto pode sair."],
        ["Ficou bonzinho demais.", 'Então termine com um prazo: "Aguardo retorno até sexta-feira."'],
        ["E se não responderem?", "Espere três dias úteis e mande uma linha só."],
      ],
      slips: [["Você mudou o sentido.", 'Tem razão, desculpe. Mais perto do original: "{fino}"']],
    },
    "fix-failing-test": {
      scenes: [
        {
          ferr: "pytest",
          falha: "passa sozinho, mas falha com a suíte inteira",
          causa: "outro teste altera um valor global",
          conserto: "use monkeypatch, que desfaz a mudança",
        },
        {
          ferr: "Jest",
          falha: "mostra um aviso de act() e quebra",
          causa: "o componente atualiza depois do fim do teste",
          conserto: "espere com findByText",
        },
        {
          ferr: "Cypress",
          falha: "falha uma vez a cada cinco",
          causa: "o clique acontece antes de o formulário estar pronto",
          conserto: "espere a requisição em vez de um tempo fixo",
        },
      ],
      requests: [
        "Tenho um teste em {ferr} que {falha}. O que pode ser?",
        "Desde ontem um teste {falha}. Usamos {ferr}. Por onde começo?",
        "Você me ajuda com um teste unitário? Em {ferr}, ele {falha}.",
        "Por que um teste em {ferr} {falha} se eu não mexi em nada?",
      ],
      terse: ["teste {ferr} {falha}"],
      details: ["Os outros testes estão verdes.", "Na mão funciona tudo."],
      replies: [
        "O mais provável é que {causa}. Solução: {conserto}.",
        "Parece estado compartilhado. Acho que {causa}; {conserto}.",
      ],
      followUps: [
        ["Era isso! Por que antes passava?", "Porque a ordem escondia o problema: {causa}."],
        [
          "Continua vermelho.",
          "Confira se está rodando a versão nova: mude o valor esperado e veja se a mensagem muda.",
        ],
      ],
    },
    "track-delayed-parcel": {
      scenes: [
        {
          item: "uma cafeteira",
          data: "na terça passada",
          local: "no centro de distribuição de Campinas",
          motivo: "o caminhão estava cheio e sai hoje à noite",
        },
        {
          item: "um tênis",
          data: "ontem",
          local: "em um ponto de retirada",
          motivo: "o entregador não deixou aviso",
        },
        {
          item: "o presente do meu filho",
          data: "na sexta",
          local: "ainda no nosso estoque",
          motivo: "não foi despachado; vamos enviar por expresso",
        },
        {
          item: "um casaco",
          data: "na semana passada",
          local: "na alfândega",
          motivo: "falta uma cópia da nota",
        },
      ],
      slots: { ped: ["P-6621", "P-1908", "P-4437", "P-8250"] },
      requests: [
        "Cadê meu pacote? Comprei {item} e era para chegar {data}. Pedido {ped}.",
        "Meu pedido {ped} ainda não chegou. O que houve?",
        "Pode verificar o pedido {ped}? É {item}, previsto para chegar {data}.",
        "O rastreio do {ped} não muda há dias. Preciso fazer alguma coisa?",
        "Estou esperando {item}, que devia ter chegado {data}. Quando chega?",
      ],
      terse: ["pedido {ped} cadê", "rastreio {ped} parado"],
      details: ["A transportadora não atende.", "É um presente.", "Paguei frete expresso."],
      replies: [
        "Verifiquei: está {local}. O motivo: {motivo}. Peço desculpas pela espera.",
        "Obrigado pela paciência. O pedido {ped} está {local}; {motivo}.",
      ],
      tips: ["O frete será devolvido.", "Se não andar até amanhã, me chame de novo."],
      followUps: [
        [
          "Quero meu dinheiro de volta.",
          "Claro. Como atrasou, o cancelamento é gratuito e leva de três a cinco dias.",
        ],
        ["Dá para entregar no trabalho?", "Sim, enquanto não for carregado. Já anotei."],
      ],
      slips: [["Esse não é o meu pedido, o meu é {ped}.", "Desculpe, olhei o anterior. O seu está {local}."]],
    },
    "plan-city-trip": {
      scenes: [
        { cidade: "Lisboa", um: "Alfama a pé", dois: "Belém e os pastéis", tres: "Sintra de trem" },
        {
          cidade: "Buenos Aires",
          um: "San Telmo e a Plaza de Mayo",
          dois: "Palermo",
          tres: "o delta do Tigre",
        },
        { cidade: "Roma", um: "o Coliseu e os fóruns", dois: "o Vaticano bem cedo", tres: "o Trastevere" },
      ],
      slots: {
        dias: ["três dias", "um feriado prolongado", "quatro dias"],
        com: ["duas crianças", "meus pais", "minha namorada"],
        jeito: ["sem gastar muito", "com calma", "fora do óbvio"],
      },
      requests: [
        "Você monta um roteiro de {dias} em {cidade}, {jeito}?",
        "Vou a {cidade} com {com}. Temos {dias}. O que não dá para perder?",
        "Onde ficar em {cidade}? Serão {dias}, {jeito}.",
        "Quero conhecer {cidade} em {dias}, {jeito}. Alguma ideia?",
      ],
      terse: ["{cidade} {dias} roteiro", "{cidade} com {com}"],
      details: ["Não queremos alugar carro.", "Adoramos mercados.", "Chegamos por volta do meio-dia."],
      replies: [
        "Dia 1: {um}.\nDia 2: {dois}.\nDia 3: {tres}.\n\nSó uma coisa fixa por meio período.",
        "Eu começaria por {um}, depois {dois}, e deixaria {tres} para o fim.",
      ],
      followUps: [
        ["E se chover?", "Troque o passeio por um museu ou um mercado coberto."],
        ["Onde comer?", "Uma rua depois da praça principal, e nunca onde o cardápio tem fotos."],
      ],
    },
    "vegetarian-week-plan": {
      scenes: [
        {
          para: "duas pessoas",
          s: "bolonhesa de lentilha",
          t: "curry de grão-de-bico",
          qa: "omelete de abobrinha",
          qi: "chili de feijão",
          x: "pizza de pimentão",
        },
        {
          para: "uma família de quatro",
          s: "macarrão com espinafre",
          t: "batata assada com queijo",
          qa: "arroz de forno",
          qi: "sopa de abóbora",
          x: "tapioca recheada",
        },
      ],
      slots: { limite: ["em até meia hora", "com pouco dinheiro", "sem cogumelos", "com bastante proteína"] },
      requests: [
        "Você faz um cardápio vegetariano de segunda a sexta para {para}, {limite}?",
        "O que cozinhar nesta semana sem carne? É para {para}, {limite}.",
        "Minha filha virou vegetariana. Preciso de cinco jantares {limite}.",
        "Quero ideias de jantar vegetariano {limite}, com lista de compras.",
      ],
      terse: ["cardápio vegetariano {limite}"],
      details: ["Cozinho depois do trabalho.", "Faço compras no sábado."],
      replies: [
        "Segunda: {s}\nTerça: {t}\nQuarta: {qa}\nQuinta: {qi}\nSexta: {x}\n\nQuer a lista de compras?",
        "Que tal {s}, {t}, {qa}, {qi} e, na sexta, {x}?",
      ],
      followUps: [
        [
          "Quero a lista, sim.",
          "Cebola, alho, cenoura, um legume da estação; grãos, massa, tomate em lata; ovos, queijo, iogurte.",
        ],
        ["O que adiantar no domingo?", "Cozinhe os grãos e faça o molho de segunda."],
      ],
    },
    "household-budget": {
      scenes: [
        { renda: "3.200", aluguel: "1.100", sobra: "2.100", ralo: "o delivery" },
        { renda: "5.400", aluguel: "1.900", sobra: "3.500", ralo: "as assinaturas" },
        { renda: "2.500", aluguel: "900", sobra: "1.600", ralo: "as compras parceladas" },
      ],
      slots: { meta: ["guardar 300 por mês", "sair do vermelho", "pagar as férias à vista"] },
      requests: [
        "Você me ajuda a montar um orçamento? Ganho {renda}, o aluguel é {aluguel} e quero {meta}.",
        "Com {renda} por mês não sobra nada. Para onde vai o dinheiro? Aluguel: {aluguel}.",
        "Pagar {aluguel} de aluguel com uma renda de {renda} é demais?",
        "Como divido {renda} para {meta}?",
      ],
      terse: ["orçamento mensal {renda}"],
      details: ["Não tenho dívidas, ainda bem.", "Desconfio que seja {ralo}."],
      replies: [
        "Depois do aluguel sobram {sobra}. Para {meta}, separe o valor no dia do salário. O primeiro ponto a olhar: {ralo}.",
        "Três partes bastam: fixo, futuro e livre. O maior ralo costuma ser {ralo}.",
      ],
      followUps: [
        ["E as contas anuais?", "Some tudo, divida por doze e guarde todo mês."],
        ["Sempre desisto em duas semanas.", "Use menos categorias: três."],
      ],
    },
    "workout-plan": {
      scenes: [
        {
          meta: "ganhar um pouco de músculo",
          tem: "dois halteres",
          a: "agachamento, remada, flexão",
          b: "avanço, ombro, prancha",
        },
        {
          meta: "acabar com a dor nas costas",
          tem: "um colchonete",
          a: "ponte e gato-vaca",
          b: "remada com toalha e alongamento",
        },
        {
          meta: "perder cinco quilos",
          tem: "nenhum equipamento",
          a: "caminhada rápida",
          b: "agachamento e prancha",
        },
      ],
      slots: {
        vezes: ["duas vezes por semana", "três vezes por semana", "vinte minutos por dia"],
        mas: ["meu joelho não é bom", "enjoo rápido", "trabalho à noite"],
      },
      requests: [
        "Você faz um treino para {meta}? Tenho {tem}, {vezes}.",
        "Quero {meta}, mas {mas}. Que exercícios faço?",
        "Treinar {vezes} basta para {meta}?",
        "Preciso de uma rotina em casa com {tem}. {^mas}.",
      ],
      terse: ["treino {meta}"],
      details: ["Não gosto de academia.", "Minha constância é fraca."],
      replies: [
        "Dia A: {a}. Dia B: {b}. Comece leve.",
        "{^vezes} está bom. Alterne {a} com {b}. Se doer, pare.",
      ],
      followUps: [
        ["O que devo comer?", "Nada especial: proteína em cada refeição, verduras e sono."],
        ["Estou todo dolorido.", "Foi demais de uma vez. Dois dias de descanso e metade da próxima vez."],
      ],
    },
    "spreadsheet-formula": {
      scenes: [
        {
          tarefa: "somar só as vendas de uma região",
          formula: '=SOMASE(B:B;"Norte";D:D)',
          cuidado: "um espaço a mais impede a busca",
        },
        {
          tarefa: "buscar um preço em outra aba",
          formula: "=PROCX(A2;Precos!A:A;Precos!C:C)",
          cuidado: "números salvos como texto não são encontrados",
        },
        {
          tarefa: "contar as faturas vencidas",
          formula: '=CONT.SES(E:E;"<"&HOJE();F:F;"aberta")',
          cuidado: "as datas precisam ser datas de verdade",
        },
      ],
      slots: { app: ["Excel", "Google Planilhas", "LibreOffice"], erro: ["#N/D", "#VALOR!", "zero"] },
      requests: [
        "Qual fórmula uso no {app} para {tarefa}?",
        "Estou tentando {tarefa} no {app} e aparece {erro}. O que está errado?",
        "Dá para {tarefa} sem macro no {app}?",
        "Todo mês preciso {tarefa} na mão. Existe uma fórmula?",
      ],
      terse: ["{app} {tarefa}"],
      details: ["São umas 40 mil linhas.", "Minha versão é em português."],
      replies: [
        "Use esta:\n\n{formula}\n\nCuidado: {cuidado}.",
        "Para {tarefa}: {formula}. Se der errado, lembre que {cuidado}.",
      ],
      followUps: [
        ["Deu {erro}.", "Em geral é isto: {cuidado}. Teste uma célula com ÉTEXTO."],
        ["Como travo o intervalo?", "Com cifrão: $B$2:$B$50. F4 alterna."],
      ],
    },
    "explain-error-message": {
      scenes: [
        {
          ling: "Python",
          erro: "TypeError: 'NoneType' object is not subscriptable",
          sentido: "a função devolveu None e você usou um índice",
          saida: "verifique se é None antes",
        },
        {
          ling: "JavaScript",
          erro: "Cannot read properties of undefined (reading 'map')",
          sentido: "a lista ainda não existe na primeira renderização",
          saida: "comece com uma lista vazia",
        },
        {
          ling: "Python",
          erro: "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9",
          sentido: "o arquivo não está em UTF-8",
          saida: 'abra com encoding="cp1252"',
        },
      ],
      requests: [
        "O que significa este erro em {ling}?\n\n{erro}",
        "Meu programa em {ling} para com {erro}. Como resolvo?",
        "Você explica {erro} em palavras simples?",
        "Ontem funcionava, hoje aparece {erro}. Não mudei nada.",
      ],
      terse: ["{erro}", "{ling} {erro}"],
      details: ["Sou iniciante.", "No computador do colega funciona."],
      replies: [
        "Em palavras simples: {sentido}. Então, {saida}.",
        "Parece pior do que é: {sentido}. Solução: {saida}.",
      ],
      followUps: [
        ["Agora apareceu outro erro.", "É um avanço. Mande a nova mensagem e cinco linhas do código."],
        ["Que linha eu mudo?", "Não a que quebra, e sim a que cria o valor."],
      ],
    },
    "interview-practice": {
      scenes: [
        {
          vaga: "atendimento ao cliente",
          perg: "Como você lida com um cliente irritado?",
          dica: "ouça, repita, ofereça e acompanhe",
        },
        {
          vaga: "líder de equipe",
          perg: "Conte um conflito que você resolveu.",
          dica: "duas frases de contexto e quatro sobre o que você fez",
        },
        {
          vaga: "desenvolvedor",
          perg: "Fale de um projeto que deu errado.",
          dica: "escolha um erro real e o que mudou depois",
        },
      ],
      slots: {
        quando: ["amanhã", "na quinta", "daqui a duas horas"],
        medo: ["travo quando fico nervosa", "falo rápido demais", "é minha primeira entrevista em anos"],
      },
      requests: [
        "Tenho uma entrevista para {vaga} {quando}. Vamos treinar?",
        'Como respondo a "{perg}"?',
        "Pode fazer o papel do entrevistador? A vaga é {vaga}.",
        "Estou nervosa: {medo}. Como me preparo para a vaga de {vaga}?",
      ],
      terse: ["entrevista {vaga} dicas"],
      details: ["É por vídeo.", "{^medo}."],
      replies: [
        'Vamos! Primeira pergunta: "{perg}" Dica: {dica}.',
        "Para essa pergunta: {dica}. Responda em voz alta, não só na cabeça.",
      ],
      followUps: [
        ["E o salário?", "Deixe que falem primeiro. Se insistirem, dê uma faixa."],
        ["Próxima pergunta.", '"O que seu último chefe diria de você?" Dê um exemplo verdadeiro.'],
      ],
    },
    "symptom-question": {
      scenes: [
        {
          sinal: "uma dor de cabeça todas as tardes",
          causa: "pouca água ou vista cansada",
          alerta: "vier de repente e for muito forte",
          acao: "beba água e faça pausas",
        },
        {
          sinal: "uma tosse de três semanas",
          causa: "o fim de uma infecção",
          alerta: "houver sangue ou falta de ar",
          acao: "marque uma consulta",
        },
        {
          sinal: "tontura ao levantar",
          causa: "pressão baixa",
          alerta: "você desmaiar",
          acao: "levante devagar e beba mais",
        },
      ],
      slots: {
        desde: ["há uma semana", "desde domingo", "há uns dois meses"],
        quem: [
          "tenho 34 anos",
          "é meu marido, que não vai ao médico",
          "tenho 61 anos e tomo remédio para pressão",
        ],
      },
      requests: [
        "Estou com {sinal} {desde}. O que pode ser?",
        "Preciso ir ao médico por causa de {sinal}? {^quem}.",
        "O que ajuda contra {sinal}? {^quem}.",
        "Só consigo consulta no mês que vem e tenho {sinal}. O que faço até lá?",
      ],
      terse: ["{sinal}", "{sinal} causas"],
      details: ["Sem febre.", "{^quem}."],
      replies: [
        "Não posso examinar você, mas muitas vezes é {causa}. Por enquanto, {acao}. Procure ajuda logo se {alerta}.",
        "Causas comuns: {causa}. Sinal de alerta: se {alerta}. Enquanto isso, {acao}.",
      ],
      followUps: [
        ["Está piorando.", "Então não espere: ligue hoje para o médico."],
        ["Pode ser grave?", "É possível, mas pouco provável. O sinal é se {alerta}."],
      ],
    },
    "cancel-subscription": {
      scenes: [
        {
          plano: "minha assinatura de streaming",
          problema: "o botão não funciona",
          regra: "o cancelamento vale no fim do mês pago",
        },
        {
          plano: "a academia",
          problema: "querem uma carta",
          regra: "um e-mail com um mês de antecedência basta",
        },
        {
          plano: "o teste do aplicativo de fotos",
          problema: "cobraram mesmo assim",
          regra: "cobranças dos primeiros 14 dias são devolvidas",
        },
      ],
      slots: { porque: ["quase não uso", "ficou caro", "vou morar fora"] },
      requests: [
        "Quero cancelar {plano}, mas {problema}.",
        "Como cancelo {plano}? {^porque}.",
        "Por favor, cancele {plano} o quanto antes. {^porque}.",
        "Qual é o prazo para cancelar {plano}?",
      ],
      terse: ["cancelar {plano}"],
      details: ["Não quero desconto.", "É a segunda vez que peço."],
      replies: [
        "Posso ajudar: {regra}. Cancelo agora?",
        "Sinto muito. No seu caso, {regra}. A confirmação vai por e-mail.",
      ],
      followUps: [
        ["Sim, cancele.", "Cancelado. A confirmação chega em minutos."],
        ["Recebo o resto de volta?", "O mês atual vai até o fim; depois nada mais é cobrado."],
      ],
    },
  },
};
