"""The organizer's pages, one file each."""

from organize.views.after import blueprint as after
from organize.views.approving import blueprint as approving
from organize.views.awarding import blueprint as awarding
from organize.views.basics import blueprint as basics
from organize.views.bringing import blueprint as bringing
from organize.views.checkin import blueprint as checkin
from organize.views.clock import blueprint as clock
from organize.views.club import blueprint as club
from organize.views.control import blueprint as control
from organize.views.dealing import blueprint as dealing
from organize.views.deleting import blueprint as deleting
from organize.views.evenness import blueprint as evenness
from organize.views.jury import blueprint as jury
from organize.views.jury_question import blueprint as jury_question
from organize.views.jury_team import blueprint as jury_team
from organize.views.messages import blueprint as messages
from organize.views.paper import blueprint as paper
from organize.views.park import blueprint as park
from organize.views.points import blueprint as points
from organize.views.points_file import blueprint as points_file
from organize.views.practising import blueprint as practising
from organize.views.prints import blueprint as prints
from organize.views.publish import blueprint as publish
from organize.views.question import blueprint as question
from organize.views.question_files import blueprint as question_files
from organize.views.questions import blueprint as questions
from organize.views.races import blueprint as races
from organize.views.rules import blueprint as rules
from organize.views.signup import blueprint as signup
from organize.views.statistics import blueprint as statistics
from organize.views.tasks import blueprint as tasks
from organize.views.team_day import blueprint as team_day
from organize.views.teams import blueprint as teams
from organize.views.trial import blueprint as trial

BLUEPRINTS = (
    races,
    basics,
    trial,
    control,
    clock,
    messages,
    team_day,
    park,
    points,
    points_file,
    paper,
    prints,
    tasks,
    evenness,
    questions,
    question,
    question_files,
    approving,
    practising,
    rules,
    teams,
    bringing,
    dealing,
    signup,
    club,
    checkin,
    jury,
    jury_question,
    statistics,
    jury_team,
    publish,
    awarding,
    after,
    deleting,
)
