"""Words too frequent to tell one passage from another, French and English, lower case."""

FRENCH = frozenset(
    """
    a afin ai ainsi alors après au aucun aussi autre aux avaient avait avant avec avoir
    ayant c car ce ceci cela celle celles celui ces cet cette ceux chaque chez comme comment
    d dans de depuis des donc dont du elle elles en encore entre est et étaient était étant
    été être eu eux furent fut il ils j je jusqu jusque l la là laquelle le lequel les
    lesquelles lesquels leur leurs lors lorsque lui m ma mais me même mes moi moins mon n ne
    ni nos notre nous on ont or ou où par parce pas pendant peu peut plus plutôt pour
    pourquoi puis puisque qu quand que quel quelle quelles quels qui quoi s sa sans se selon
    sera seront ses si soit son sont sous sur t ta te tes toi ton tous tout toute toutes
    très tu un une vers voici voilà vos votre vous y
    """.split()
)

ENGLISH = frozenset(
    """
    a about after again all also am an and any are as at be because been before being
    between both but by can could did do does doing during each few for from further had has
    have having he her here hers him his how i if in into is it its itself just me more most
    my no nor not now of off on once only or other our out over own s same she should so
    some such t than that the their them then there these they this those through to too
    under until up very was we were what when where which while who whom whose why will with
    would you your
    """.split()
)
