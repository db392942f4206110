"""The words of the demo: three policies, three templates, and what people wrote while shadowing."""

from dataclasses import dataclass

from onboarding.task_forms.fields import FieldKind, FormField
from onboarding.templates.models import Part, Phase, TaskKind

CONDUCT = """\
Este código vale para todas as pessoas que trabalham no Banco Aurora, do primeiro dia ao último.

## O que esperamos
- **Cliente primeiro.** Oferecemos apenas o que serve ao cliente e que ele entende. Meta não justifica venda inadequada.
- **Verdade.** Informamos taxas, riscos e prazos antes da assinatura, por escrito e em linguagem simples.
- **Respeito.** Não toleramos assédio, discriminação ou retaliação, dentro ou fora da agência.

## Conflito de interesses
1. Não decida sobre crédito, tarifa ou contratação de parentes, amigos próximos ou sócios. Avise o seu gestor e registre.
2. Presentes acima de **R$ 100** são recusados ou entregues ao Compliance em até dois dias úteis.
3. Atividades externas remuneradas são declaradas antes de começar.

## Quando algo está errado
Fale com o seu gestor, com o Compliance ou com o canal de ética. Relatos de boa-fé são protegidos. O silêncio não é.
"""

SECURITY = """\
Dados de clientes são o bem mais sensível que guardamos. Esta política resume o que você faz todos os dias.

## Senhas e acesso
- Use o gerenciador de senhas do banco e a verificação em duas etapas. Nunca empreste o seu acesso, nem por um minuto.
- Bloqueie a tela ao sair da mesa. Crachá não se empresta.

## Dados de clientes (LGPD)
- Consulte apenas os dados de que precisa para o atendimento em curso. Toda consulta fica registrada.
- Não envie CPF, extratos ou contratos por e-mail pessoal, mensagem ou foto. Use o portal seguro.
- Descarte papéis com dados pessoais na fragmentadora.

## Incidentes
Perdeu o celular, clicou em um link estranho, enviou dados à pessoa errada? **Avise a TI em até 30 minutos**, mesmo com dúvida.
Ninguém é punido por avisar cedo.
"""

SECURITY_NEWER = (
    SECURITY
    + """
## Ferramentas de inteligência artificial
Não cole dados de clientes nem documentos internos em ferramentas que o banco não aprovou.
"""
)

TRAVEL = """\
This policy covers trips and client meetings paid for by Banco Aurora.

## Before you travel
- Your manager approves the trip and its budget in advance.
- Book through the travel desk, economy class, at least ten days ahead where you can.

## What we pay
| What | Limit |
|---|---|
| Meals | R$ 160 a day |
| Hotel | R$ 480 a night in state capitals, R$ 360 elsewhere |
| Client lunch | R$ 120 a person, with the client's name in the report |

## Afterwards
Hand in receipts within **five business days**. What is not documented is not refunded. Alcohol is never refunded.
"""


@dataclass(frozen=True)
class DemoTask:
    """A task of a demo template, with the policy or course it is about by name."""

    title: str
    phase: Phase
    offset_days: int
    part: Part = Part.NEW_HIRE
    kind: TaskKind = TaskKind.TICK
    instructions: str = ""
    required: bool = True
    about: str = ""
    key: str = ""
    waits_for: tuple[str, ...] = ()
    minutes: int | None = None
    asks_expiry: bool = False
    fields: tuple[FormField, ...] = ()
    letter: str = ""
    item: str = ""


P, K, W = Phase, TaskKind, Part
ACCOUNT = (
    FormField("agencia", "Agência"),
    FormField("conta", "Conta com dígito", sensitive=True),
    FormField("tipo", "Tipo de conta", FieldKind.ONE_OF, choices=("Conta corrente", "Conta-salário", "Poupança")),
    FormField("portabilidade", "Quer pedir portabilidade de salário?", FieldKind.YES_NO),
)
FILLED = {"agencia": "0001", "conta": "98765-4", "tipo": "Conta-salário", "portabilidade": "no"}
RECEIPT = """\
Eu, **{{name}}**, {{position}}, recebi do {{company}} para o meu trabalho:

{{items}}

Comprometo-me a cuidar do que recebi, a usá-lo apenas para o trabalho e a devolvê-lo quando for pedido ou ao sair.
"""
EVERYONE = [
    DemoTask(
        "Enviar documento de identidade",
        P.BEFORE_DAY_ONE,
        -5,
        kind=K.DOCUMENT,
        instructions="Frente e verso do RG ou da CNH, em **uma** imagem ou um PDF legível.",
        asks_expiry=True,
        minutes=10,
    ),
    DemoTask(
        "Enviar comprovante de endereço", P.BEFORE_DAY_ONE, -5, kind=K.DOCUMENT, instructions="Conta de luz, água ou telefone dos últimos 90 dias."
    ),
    DemoTask(
        "Criar acessos e caixa de e-mail",
        P.BEFORE_DAY_ONE,
        -3,
        W.IT,
        instructions="Perfil conforme o cargo; sem acesso a dados de clientes antes do primeiro dia.",
    ),
    DemoTask("Entregar o notebook", P.BEFORE_DAY_ONE, -2, W.IT, K.REQUEST, item="Notebook", key="notebook"),
    DemoTask("Preparar a mesa e o crachá", P.BEFORE_DAY_ONE, -2, W.TEAM),
    DemoTask("Registrar no eSocial", P.BEFORE_DAY_ONE, -1, W.HR),
    DemoTask("Avisar a equipe e reservar a mesa", P.BEFORE_DAY_ONE, -2, W.MANAGER),
    DemoTask("Receber na agência e mostrar a casa", P.DAY_ONE, 0, W.BUDDY, instructions="Portaria às 9h, café com a equipe, tour pela agência."),
    DemoTask("Conversar sobre as expectativas dos 90 dias", P.DAY_ONE, 0, W.MANAGER, K.MEETING, minutes=45),
    DemoTask("Ler e aceitar o Código de Conduta", P.DAY_ONE, 0, kind=K.POLICY, about="Código de Conduta"),
    DemoTask("Ler e aceitar a Segurança da Informação", P.FIRST_WEEK, 2, kind=K.POLICY, about="Segurança da Informação"),
    DemoTask("Informar a conta-salário", P.FIRST_WEEK, 3, kind=K.FORM, fields=ACCOUNT, minutes=5),
    DemoTask("Assinar o termo de responsabilidade", P.FIRST_WEEK, 2, kind=K.SIGNATURE, letter=RECEIPT, waits_for=("notebook",), minutes=5),
    DemoTask("Prevenção à lavagem de dinheiro", P.FIRST_WEEK, 5, kind=K.TRAINING, about="lavagem"),
    DemoTask("Almoço com o padrinho ou a madrinha", P.FIRST_WEEK, 4, W.BUDDY, required=False),
    DemoTask("Conversa de 30 dias", P.DAY_30, 21, W.MANAGER, instructions="O que vai bem, o que falta, o que muda até os 60 dias."),
    DemoTask("Conversa de 60 dias", P.DAY_60, 42, W.MANAGER),
    DemoTask("Decisão do período de experiência", P.DAY_90, 60, W.HR),
]
RELATIONSHIP = [
    DemoTask(
        "Conhecer a carteira de clientes",
        P.FIRST_WEEK,
        3,
        instructions="Leia as fichas dos **20 maiores clientes** e anote três perguntas para o seu gestor.",
    ),
    DemoTask(
        "Acompanhar um colega em visitas",
        P.FIRST_WEEK,
        5,
        kind=K.SHADOWING,
        instructions="Um dia na agência ou em visita, com um gerente experiente.",
    ),
    DemoTask("Acompanhar uma reunião de fechamento", P.DAY_30, 15, kind=K.SHADOWING),
    DemoTask("Primeira reunião com cliente, acompanhada", P.DAY_30, 18, W.MANAGER),
    DemoTask("Conhecer as políticas de viagem", P.DAY_30, 10, kind=K.POLICY, about="Travel and expenses"),
    DemoTask("Plano de contas para os próximos 90 dias", P.DAY_60, 40),
]
INTERNS = [
    DemoTask(
        "Sign the internship agreement with your university",
        P.BEFORE_DAY_ONE,
        -10,
        kind=K.DOCUMENT,
        instructions="Three signatures: you, the bank, the university. A scan is fine.",
    ),
    DemoTask("Agree on exam weeks without work", P.FIRST_WEEK, 4, W.MANAGER),
    DemoTask("Present what you learned", P.DAY_60, 45),
]
SEEN = [
    (
        "O cliente achou a tarifa alta. A mentora perguntou primeiro o que ele compara e só depois mostrou o pacote menor.",
        "Perguntar antes de responder. A objeção era sobre previsibilidade, não sobre preço.",
        "Quando é melhor não insistir no mesmo dia?",
    ),
    (
        "No fim da reunião a mentora resumiu os três pontos combinados e perguntou: podemos seguir assim?",
        "O resumo torna a decisão simples. O silêncio depois da pergunta é importante.",
        "",
    ),
    (
        "Antes da visita ela leu as últimas três anotações e ligou para o especialista de câmbio.",
        "Dez minutos de preparo mudam a conversa inteira.",
        "",
    ),
]
FEEDBACK = "Observou com atenção e fez boas perguntas. Próximo passo: conduzir a abertura de uma reunião comigo ao lado."
